using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>The form for a new token.</summary>
public sealed class NewTokenTests(Chromium browser, SampleApplication application) : PageTests(browser, application)
{
    [Fact]
    public async Task What_is_wrong_is_told_next_to_the_fields_and_nothing_typed_is_lost()
    {
        var visitor = await VisitSignedInAsync();
        await visitor.OpenNewTokenAsync();
        await visitor.FillInAsync("   ");
        await visitor.CheckAsync("On a date");

        await visitor.PressAsync("Create token");

        await visitor.SeesAsync("New token");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Assertions.Expect(Described(visitor, "pat-error-name")).ToHaveCountAsync(1);
        await Assertions.Expect(Described(visitor, "pat-error-scopes")).ToHaveCountAsync(1);
        await Assertions.Expect(Described(visitor, "pat-error-expiresAt")).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Page.GetByLabel("On a date")).ToBeCheckedAsync();
        await visitor.AssertUsableByAllAsync();

        await visitor.FillInAsync("Laptop", "write");
        await visitor.CheckAsync("7 days");
        await visitor.PressAsync("Create token");
        await visitor.SeesAsync("Your new token");
        await visitor.OpenTokensAsync();
        await visitor.HasTokensAsync(1);
    }

    [Fact]
    public async Task A_date_is_an_expiry_too()
    {
        var visitor = await VisitSignedInAsync();
        await visitor.OpenNewTokenAsync();
        await visitor.FillInAsync("Laptop", "read");
        var day = TimeProvider.System.GetUtcNow().AddDays(45);

        await visitor.TypeAsync("The date on which it expires", $"{day:yyyy-MM-dd}");
        await Assertions.Expect(visitor.Page.GetByLabel("On a date")).ToBeCheckedAsync();
        await visitor.PressAsync("Create token");

        await visitor.SeesAsync("Your new token");
        await Assertions.Expect(visitor.Page.Locator("dl")).ToContainTextAsync(FormattableString.Invariant($"{day:d MMM yyyy}, 00:00"));
    }

    [Fact]
    public async Task A_date_out_of_range_goes_when_something_else_is_chosen()
    {
        var visitor = await VisitSignedInAsync();
        await visitor.OpenNewTokenAsync();
        await visitor.FillInAsync("Laptop", "read");
        await visitor.TypeAsync("The date on which it expires", "2020-01-01");
        await visitor.PressAsync("Create token");
        await visitor.SeesAsync("New token");

        await visitor.CheckAsync("7 days");
        await Assertions.Expect(visitor.Page.GetByLabel("The date on which it expires")).ToHaveValueAsync("");
        await visitor.PressAsync("Create token");

        await visitor.SeesAsync("Your new token");
    }

    [Fact]
    public async Task What_a_scope_includes_is_shown()
    {
        var visitor = await VisitSignedInAsync();
        await visitor.OpenNewTokenAsync();

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Checkbox, new() { Checked = true })).ToHaveCountAsync(0);
        await Assertions.Expect(visitor.Page.GetByLabel("write", new() { Exact = true }))
            .ToHaveAccessibleDescriptionAsync("Change everything you can change Includes read.");

        await visitor.CheckAsync("write");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Checkbox).First).ToHaveAccessibleNameAsync("read ✓ included");
        await visitor.AssertUsableByAllAsync();
        await visitor.CheckAsync("read");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Checkbox).First).ToHaveAccessibleNameAsync("read");
    }

    [Fact]
    public async Task A_link_fills_in_the_form_and_creates_nothing()
    {
        var visitor = await VisitSignedInAsync();

        await visitor.GoToAsync("/profile/security/new?name=Release%20notes&scopes=read,fly&expires=7");

        await visitor.SeesAsync("New token");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("A link has filled in this form.");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("fly");
        await Assertions.Expect(visitor.Page.GetByLabel("Name")).ToHaveValueAsync("Release notes");
        await Assertions.Expect(visitor.Page.GetByLabel("read", new() { Exact = true })).ToBeCheckedAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("write", new() { Exact = true })).Not.ToBeCheckedAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("7 days")).ToBeCheckedAsync();
        await visitor.AssertUsableByAllAsync();
        await visitor.OpenTokensAsync();
        await visitor.HasTokensAsync(0);
    }

    [Fact]
    public async Task A_name_full_of_markup_is_text_everywhere()
    {
        const string Name = "<script>alert(1)</script><b>\"'&amp;{{7*7}}";
        var visitor = await VisitSignedInAsync();
        await visitor.CreateTokenAsync(Name, "read");
        await Assertions.Expect(visitor.Page.Locator("dd").First).ToHaveTextAsync(Name);

        await visitor.FollowAsync("I have stored it");
        await visitor.BeginAsync("Revoke", Name);
        await Assertions.Expect(visitor.Dialog().GetByRole(AriaRole.Heading)).ToHaveTextAsync($"Revoke “{Name}”?");
        await visitor.AssertUsableByAllAsync();
        await visitor.Dialog().GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await visitor.BeginAsync("Edit", Name);
        await Assertions.Expect(visitor.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync(Name);
        await visitor.PressAsync("Save");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync(Name);
    }

    [Fact]
    public async Task A_name_of_a_hundred_Arabic_characters_is_shown_whole()
    {
        var name = string.Concat(Enumerable.Repeat("رمز الوصول ", 10))[..99] + "ة";
        var visitor = await VisitSignedInAsync();

        await visitor.CreateTokenAsync(name, "read");
        await visitor.AssertUsableByAllAsync();
        await visitor.FollowAsync("I have stored it");

        var shown = visitor.Row(name).GetByText(name, new() { Exact = true }).First;
        Assert.Equal("rtl", await shown.EvaluateAsync<string>("element => getComputedStyle(element).direction"));
        await visitor.AssertUsableByAllAsync();
        await visitor.BeginAsync("Edit", name);
        await visitor.AssertUsableByAllAsync();
    }

    private static ILocator Described(Visitor visitor, string error) => visitor.Page.Locator($"[aria-describedby~={error}]");
}

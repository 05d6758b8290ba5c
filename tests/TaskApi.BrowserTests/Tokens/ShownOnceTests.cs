using Microsoft.Playwright;
using Pat.TestSupport;

namespace TaskApi.BrowserTests;

/// <summary>A value is shown once, and a form that is sent again makes nothing again: with scripts and without.</summary>
public sealed class ShownOnceTests(Chromium browser, SampleApplication application) : PageTests(browser, application)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reloading_shows_no_value_and_creates_nothing(bool javaScript)
    {
        var visitor = await VisitSignedInAsync(options => options.JavaScriptEnabled = javaScript);
        var value = await visitor.CreateTokenAsync("Laptop", "read");

        await visitor.Page.ReloadAsync();

        await visitor.SeesAsync("This token exists already");
        await visitor.SeesNoValueAsync(value);
        await visitor.OpenTokensAsync();
        await visitor.HasTokensAsync(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reloading_does_not_rotate_again(bool javaScript)
    {
        var visitor = await VisitSignedInAsync(options => options.JavaScriptEnabled = javaScript);
        await visitor.CreateTokenAsync("Laptop", "read");
        await visitor.FollowAsync("I have stored it");
        await visitor.BeginAsync("Rotate", "Laptop");
        await visitor.PressAsync("Rotate token");
        await visitor.SeesAsync("The new value of “Laptop”");
        var value = await visitor.ReadValueAsync();

        await visitor.Page.ReloadAsync();

        await visitor.SeesAsync("“Laptop” was changed meanwhile");
        await visitor.SeesNoValueAsync(value);
        using var script = Application.CreateClient();
        Assert.True((await script.ListTasksAsync(value)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Going_back_shows_no_value()
    {
        var visitor = await VisitSignedInAsync();
        await visitor.OpenTokensAsync();
        var value = await visitor.CreateTokenAsync("Laptop", "read");
        await visitor.FollowAsync("I have stored it");
        await visitor.SeesTokensAsync();

        await visitor.GoBackAsync();
        await visitor.SeesAsync("New token");
        await visitor.SeesNoValueAsync(value);

        await visitor.Page.GoForwardAsync();
        await visitor.SeesTokensAsync();
        await visitor.HasTokensAsync(1);
    }

    [Fact]
    public async Task Going_back_after_leaving_by_another_link_shows_no_value()
    {
        var visitor = await VisitSignedInAsync();
        var value = await visitor.CreateTokenAsync("Laptop", "read");
        await visitor.FollowAsync("Tasks");
        await visitor.SeesAsync("Tasks");

        await visitor.GoBackAsync();

        await visitor.SeesNoValueAsync(value);
    }

    [Fact]
    public async Task Going_back_without_scripts_shows_no_value_and_creates_nothing()
    {
        var visitor = await VisitSignedInAsync(options => options.JavaScriptEnabled = false);
        var value = await visitor.CreateTokenAsync("Laptop", "read");
        await visitor.FollowAsync("I have stored it");
        await visitor.SeesTokensAsync();

        await visitor.GoBackAsync();

        await visitor.SeesNoValueAsync(value);
        await visitor.OpenTokensAsync();
        await visitor.HasTokensAsync(1);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_creates_one_token()
    {
        var visitor = await VisitSignedInAsync();
        await visitor.OpenNewTokenAsync();
        await visitor.FillInAsync("Laptop", "read");

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Create token" }).DblClickAsync();

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToHaveTextAsync("New token");
        await visitor.OpenTokensAsync();
        await visitor.HasTokensAsync(1);
    }

    [Fact]
    public async Task A_clipboard_that_refuses_leaves_the_value_selected_and_says_so()
    {
        var visitor = await VisitSignedInAsync();
        await visitor.Page.AddInitScriptAsync(
            "Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.reject(new DOMException('', 'NotAllowedError')) })");
        var value = await visitor.CreateTokenAsync("Laptop", "read");

        await visitor.PressAsync("Copy");

        await Assertions.Expect(visitor.Page.GetByText("The browser did not let it be copied.")).ToBeVisibleAsync();
        Assert.Equal(value, await visitor.Page.EvaluateAsync<string>(
            "document.activeElement.value.substring(document.activeElement.selectionStart, document.activeElement.selectionEnd)"));
        await visitor.AssertUsableByAllAsync();
    }
}

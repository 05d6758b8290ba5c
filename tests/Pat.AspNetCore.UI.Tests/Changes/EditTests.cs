using System.Net;

namespace Pat.AspNetCore.UI.Tests;

public sealed class EditTests
{
    [Fact]
    public async Task The_form_shows_the_token_as_it_is()
    {
        await using var app = await PageApp.StartAsync();
        var (_, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(path);

        Assert.Equal("Edit “laptop”", page.Title);
        Assert.Equal("laptop", page.Body.QuerySelector("#pat-name")!.GetAttribute("value"));
        Assert.Equal("read", Assert.Single(page.Body.QuerySelectorAll("[name=scopes][checked]")).GetAttribute("value"));
        var kept = page.Body.QuerySelector("[name=expires][checked]")!;
        Assert.Equal("As it is 31 Mar 2026, 12:00", WebPage.Squeeze(kept.ParentElement!.TextContent));
        Assert.Empty(page.Notice);
    }

    [Fact]
    public async Task A_link_fills_in_the_form_as_it_does_that_for_a_new_token()
    {
        await using var app = await PageApp.StartAsync();
        var (id, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync($"{path}?name=desktop&scopes=write,read&scopes=admin&expires=never");

        Assert.Equal("desktop", page.Body.QuerySelector("#pat-name")!.GetAttribute("value"));
        Assert.Equal(["read", "write"], page.Body.QuerySelectorAll("[name=scopes][checked]").Select(box => box.GetAttribute("value")));
        Assert.Equal("keep", Assert.Single(page.Body.QuerySelectorAll("[name=expires][checked]")).GetAttribute("value"));
        Assert.Equal(
            "A link has filled in this form. Check it before you send it. It asks for scopes that don't exist here: admin. It asks for an expiry that is not possible here: check the one that is marked.",
            page.Notice);
        Assert.Equal("laptop", (await app.TokenAsync(id)).Name);
    }

    [Fact]
    public async Task What_is_saved_is_what_the_list_then_shows()
    {
        await using var app = await PageApp.StartAsync();
        var (id, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();

        var saved = await browser.SubmitAsync(path, ("name", "desktop"), ("scopes", "write"), ("expires", "7"));
        var list = await browser.FollowAsync(saved);

        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        Assert.Equal("“desktop” is saved.", list.Notice);
        Assert.Equal("8 Mar 2026, 12:00", list.Row(id)["Expires"]);
        Assert.Equal("read write", list.Row(id)["May do"]);
    }

    [Fact]
    public async Task An_expiry_that_is_kept_stays_though_policy_became_stricter()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.MaxLifetime = TimeSpan.FromDays(31) });
        var (id, path) = await CreateAsync(app);
        app.Time.AdvanceWallClock(TimeSpan.FromDays(1));
        using var browser = await app.SignInAsync();

        await browser.SubmitAsync(path, ("name", "desktop"));

        var token = await app.TokenAsync(id);
        Assert.Equal(("desktop", app.Time.GetUtcNow().AddDays(29)), (token.Name, token.ExpiresAt!.Value));
    }

    [Fact]
    public async Task The_longest_lifetime_counts_from_the_secret_s_making()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.MaxLifetime = TimeSpan.FromDays(35) });
        var (_, path) = await CreateAsync(app);
        app.Time.AdvanceWallClock(TimeSpan.FromDays(20));
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(path);

        Assert.Equal(["As it is", "7 days", "On a date"], page.Body.QuerySelectorAll("label[for^=pat-expires]").Select(label => label.TextContent));
        Assert.Equal("2026-04-05", page.Body.QuerySelector("[name=date]")!.GetAttribute("max"));
    }

    [Fact]
    public async Task The_expiry_can_be_taken_away_where_policy_allows_it()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.AllowNoExpiry = true });
        var (id, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();

        await browser.SubmitAsync(path, ("expires", "never"));

        Assert.Null((await app.TokenAsync(id)).ExpiresAt);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_and_nothing_typed_is_lost()
    {
        await using var app = await PageApp.StartAsync();
        var (id, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(path, ("name", " \t"), ("scopes", null), ("expires", "date"), ("date", "soon"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotEmpty(page.ErrorOf("#pat-name"));
        Assert.NotEmpty(page.ErrorOf("fieldset:has([name=scopes])"));
        Assert.Equal("Give the date on which the token expires.", page.ErrorOf("fieldset:has([name=expires])"));
        Assert.Equal(" \t", page.Body.QuerySelector("#pat-name")!.GetAttribute("value"));
        Assert.Equal("soon", page.Body.QuerySelector("[name=date]")!.GetAttribute("value"));
        Assert.Equal(1, (await app.TokenAsync(id)).Version);
    }

    [Fact]
    public async Task A_stale_form_is_told_what_the_token_has_become_and_writes_nothing()
    {
        await using var app = await PageApp.StartAsync();
        var (id, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync(path);
        await app.Manager.EditAsync(PageApp.Alice, id, new PersonalAccessTokenEdit { Name = "desktop", Scopes = ["write"] });

        var page = await browser.SubmitAsync(form, ("name", "phone"));

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Equal(
            "The token was changed meanwhile, and nothing of yours was saved. It is now called “desktop” and may do: read, write. Send the form again to replace that.",
            page.Alert);
        Assert.Equal("phone", page.Body.QuerySelector("#pat-name")!.GetAttribute("value"));
        Assert.Equal("desktop", (await app.TokenAsync(id)).Name);

        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SubmitAsync(page)).Status);
        Assert.Equal("phone", (await app.TokenAsync(id)).Name);
    }

    [Fact]
    public async Task A_form_from_before_one_signed_in_does_not_forget_that_it_is_stale()
    {
        await using var app = await PageApp.StartAsync();
        var (id, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync(path);
        await app.Manager.EditAsync(PageApp.Alice, id, new PersonalAccessTokenEdit { Name = "desktop" });

        var unsigned = await browser.SubmitAsync(form, ("name", "phone"), ("__RequestVerificationToken", "old"));
        var stale = await browser.SubmitAsync(unsigned);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Conflict), (unsigned.Status, stale.Status));
        Assert.Equal("desktop", (await app.TokenAsync(id)).Name);
    }

    [Fact]
    public async Task A_form_sent_twice_changes_the_token_once()
    {
        await using var app = await PageApp.StartAsync();
        var (id, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync(path);
        await browser.SubmitAsync(form, ("name", "desktop"));

        var again = await browser.SubmitAsync(form, ("name", "desktop"));

        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal(2, (await app.TokenAsync(id)).Version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData(null)]
    public async Task A_form_without_a_version_changes_nothing(string? version)
    {
        await using var app = await PageApp.StartAsync();
        var (id, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(path, ("name", "desktop"), ("version", version));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("laptop", (await app.TokenAsync(id)).Name);
    }

    private static async Task<(Guid Id, string Path)> CreateAsync(PageApp app)
    {
        var id = (await app.CreateTokenAsync()).Token!.Id;
        return (id, $"{PageApp.Path}/{PersonalAccessTokenFormat.FormatId(id)}/edit");
    }
}

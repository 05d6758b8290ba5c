using System.Net;

namespace Pat.AspNetCore.UI.Tests;

public sealed class RecentSignInTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData("/new")]
    [InlineData("/{0}/edit")]
    [InlineData("/{0}/rotate")]
    public async Task What_can_widen_asks_for_a_recent_sign_in(string route)
    {
        await using var app = await StartAsync();
        var path = await PathAsync(app, route);
        using var browser = await app.SignInAsync();
        app.Time.Advance(Limit + TimeSpan.FromSeconds(1));

        var old = await browser.GetAsync(path);
        await browser.SignInAsync();
        var recent = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.Forbidden, old.Status);
        Assert.Equal("Sign in again", old.Title);
        Assert.Equal($"{path}?sign-in=1", old.Link("Sign in"));
        Assert.Equal(HttpStatusCode.OK, recent.Status);
        Assert.NotNull(recent.PostForm);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/{0}/revoke")]
    [InlineData("/revoke-all")]
    public async Task Listing_and_revoking_never_do(string route)
    {
        await using var app = await StartAsync();
        var path = await PathAsync(app, route);
        using var browser = await app.SignInAsync();
        app.Time.AdvanceWallClock(TimeSpan.FromDays(3));

        var page = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        if (route.Length > 0)
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await browser.SubmitAsync(page)).Status);
            Assert.NotNull(Assert.Single(await app.TokensAsync()).RevokedAt);
        }
    }

    [Fact]
    public async Task What_was_typed_for_a_new_token_comes_back()
    {
        await using var app = await StartAsync();

        var back = await TypeAndSignInAgainAsync(
            app, $"{PageApp.Path}/new", ("name", "build & more"), ("scopes", "write"), ("expires", "date"), ("date", "2026-05-05"));

        Assert.Equal("build & more", back.Body.QuerySelector("#pat-name")!.GetAttribute("value"));
        Assert.Equal("write", Assert.Single(back.Body.QuerySelectorAll("[name=scopes][checked]")).GetAttribute("value"));
        Assert.Equal("date", back.Body.QuerySelector("[name=expires][checked]")!.GetAttribute("value"));
        Assert.Equal("2026-05-05", back.Body.QuerySelector("[name=date]")!.GetAttribute("value"));
        Assert.Empty(back.Notice);
        Assert.Empty(await app.TokensAsync());
    }

    [Fact]
    public async Task What_was_typed_into_an_edit_comes_back()
    {
        await using var app = await StartAsync();
        var token = (await app.CreateTokenAsync()).Token!;

        var back = await TypeAndSignInAgainAsync(
            app, $"{PageApp.Path}/{PersonalAccessTokenFormat.FormatId(token.Id)}/edit", ("name", "desktop"), ("scopes", "write"), ("expires", "60"));

        Assert.Equal("desktop", back.Body.QuerySelector("#pat-name")!.GetAttribute("value"));
        Assert.Equal("write", Assert.Single(back.Body.QuerySelectorAll("[name=scopes][checked]")).GetAttribute("value"));
        Assert.Equal("60", back.Body.QuerySelector("[name=expires][checked]")!.GetAttribute("value"));
        Assert.Empty(back.Notice);
        Assert.Equal("laptop", (await app.TokenAsync(token.Id)).Name);
    }

    [Fact]
    public async Task What_was_chosen_for_a_rotation_comes_back()
    {
        await using var app = await StartAsync();
        var token = (await app.CreateTokenAsync()).Token!;

        var back = await TypeAndSignInAgainAsync(
            app, $"{PageApp.Path}/{PersonalAccessTokenFormat.FormatId(token.Id)}/rotate", ("overlap", "3600"), ("expires", "7"));

        Assert.Equal("3600", back.Body.QuerySelector("[name=overlap][checked]")!.GetAttribute("value"));
        Assert.Equal("7", back.Body.QuerySelector("[name=expires][checked]")!.GetAttribute("value"));
        Assert.Empty(back.Notice);
        Assert.Equal(1, (await app.TokenAsync(token.Id)).Version);
    }

    [Fact]
    public async Task What_a_link_filled_in_is_told_after_signing_in_too()
    {
        await using var app = await StartAsync();
        using var browser = await app.SignInAsync();
        app.Time.Advance(Limit + TimeSpan.FromSeconds(1));

        var asked = await browser.GetAsync($"{PageApp.Path}/new?name=build");
        var back = await SignInAgainAsync(browser, asked);

        Assert.Equal("build", back.Body.QuerySelector("#pat-name")!.GetAttribute("value"));
        Assert.StartsWith("A link has filled in this form.", back.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_site_s_form_filled_in_does_not_pass_for_typed()
    {
        await using var app = await StartAsync();
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync($"{PageApp.Path}/new");
        app.Time.Advance(Limit + TimeSpan.FromSeconds(1));

        var asked = await browser.SubmitAsync(form, ("name", "build"), ("__RequestVerificationToken", "forged"));
        var back = await SignInAgainAsync(browser, asked);

        Assert.StartsWith("A link has filled in this form.", back.Notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("CfDJ8AAAA%2B%2F")]
    public async Task A_link_can_not_say_that_it_is_none(string seal)
    {
        await using var app = await StartAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync($"{PageApp.Path}/new?name=build&typed={seal}");

        Assert.StartsWith("A link has filled in this form.", page.Notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PageApp.Bob, 0)]
    [InlineData(PageApp.Alice, 61)]
    public async Task What_one_typed_is_a_link_to_others_and_after_an_hour(string user, int minutes)
    {
        await using var app = await StartAsync();
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync($"{PageApp.Path}/new");
        app.Time.Advance(Limit + TimeSpan.FromSeconds(1));
        var asked = await browser.SubmitAsync(form, ("name", "build"));
        app.Time.Advance(TimeSpan.FromMinutes(minutes));

        var back = await SignInAgainAsync(browser, asked, user);

        Assert.StartsWith("A link has filled in this form.", back.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_too_long_for_an_address_is_left_out_of_it()
    {
        await using var app = await StartAsync();
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync($"{PageApp.Path}/new");
        app.Time.Advance(Limit + TimeSpan.FromSeconds(1));

        var asked = await browser.SubmitAsync(form, ("name", new string('x', 5_000)));

        Assert.Equal($"{PageApp.Path}/new?sign-in=1", asked.Link("Sign in"));
    }

    private static async Task<WebPage> TypeAndSignInAgainAsync(PageApp app, string path, params (string, string?)[] typed)
    {
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync(path);
        app.Time.Advance(Limit + TimeSpan.FromSeconds(1));
        var asked = await browser.SubmitAsync(form, typed);
        Assert.Equal(HttpStatusCode.Forbidden, asked.Status);
        return await SignInAgainAsync(browser, asked);
    }

    private static async Task<WebPage> SignInAgainAsync(Browser browser, WebPage asked, string user = PageApp.Alice)
    {
        Assert.Equal("Sign in again", asked.Title);
        var sentAway = await browser.GetAsync(asked.Link("Sign in"));
        Assert.Equal(HttpStatusCode.Found, sentAway.Status);
        await browser.SignInAsync(user);
        var location = sentAway.Header("Location")!;
        return await browser.GetAsync(Uri.UnescapeDataString(location[(location.IndexOf("ReturnUrl=", StringComparison.Ordinal) + "ReturnUrl=".Length)..]));
    }

    private static async Task<string> PathAsync(PageApp app, string route) => PageApp.Path
        + string.Format(null, route, route.Length == 0 || route == "/new" ? "" : PersonalAccessTokenFormat.FormatId((await app.CreateTokenAsync()).Token!.Id));

    private static Task<PageApp> StartAsync() => PageApp.StartAsync(new() { Management = options => options.RequireRecentSignIn = Limit });
}

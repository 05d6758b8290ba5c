using System.Net;
using Pat.TestSupport;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>Row 7 of the known failures: a dead session makes no tokens.</summary>
public sealed class SessionEndTests
{
    private const string StampClaim = "AspNet.Identity.SecurityStamp";

    private readonly TestOwners _owners = TestOwners.AliceAndBob();

    public SessionEndTests() => _owners.Set(PageApp.Alice, stamp: "before");

    [Theory]
    [InlineData("")]
    [InlineData("/new")]
    [InlineData("/revoke-all")]
    public async Task Row_7_A_session_from_before_the_password_changed_is_told_that_it_has_ended(string route)
    {
        await using var app = await StartAsync();
        using var browser = await SignInAsync(app);
        _owners.Set(PageApp.Alice, stamp: "after");

        var page = await browser.GetAsync(PageApp.Path + route);

        Assert.Equal(HttpStatusCode.Unauthorized, page.Status);
        Assert.Equal("Your session has ended", page.Title);
        Assert.Equal($"{PageApp.Path}{route}?sign-in=1", page.Link("Sign in"));
        Assert.Equal(0, app.Store.Calls);
    }

    [Fact]
    public async Task Row_7_A_form_sent_when_the_session_has_ended_does_nothing_and_its_fields_come_back()
    {
        await using var app = await StartAsync();
        using var browser = await SignInAsync(app);
        var form = await browser.GetAsync($"{PageApp.Path}/new");
        _owners.Set(PageApp.Alice, stamp: "after");

        var ended = await browser.SubmitAsync(form, ("name", "Ünïcode & co"), ("scopes", "write"), ("scopes", "read"), ("expires", "90"));
        Assert.Equal(HttpStatusCode.Unauthorized, ended.Status);
        Assert.Empty(await app.TokensAsync());

        var sentAway = await browser.GetAsync(ended.Link("Sign in"));
        await browser.SignInAsync(claims: $"{StampClaim}:after");
        var back = await browser.GetAsync(ReturnUrlOf(sentAway));

        Assert.Equal("Ünïcode & co", back.Body.QuerySelector("#pat-name")!.GetAttribute("value"));
        Assert.Equal(["read", "write"], back.Body.QuerySelectorAll("[name=scopes][checked]").Select(box => box.GetAttribute("value")!));
        Assert.Equal("90", back.Body.QuerySelector("[name=expires][checked]")!.GetAttribute("value"));
        Assert.Empty(back.Notice);
    }

    [Fact]
    public async Task Row_7_A_form_whose_session_ends_while_it_is_carried_out_makes_no_token_and_keeps_its_fields()
    {
        await using var app = await StartAsync();
        using var browser = await SignInAsync(app);
        var form = await browser.GetAsync($"{PageApp.Path}/new");

        // Once the session is checked.
        _owners.AfterRead = () =>
        {
            _owners.Set(PageApp.Alice, stamp: "after");
            return Task.CompletedTask;
        };
        var ended = await browser.SubmitAsync(form, ("name", "ci"), ("scopes", "read"), ("expires", "90"));

        Assert.Equal(HttpStatusCode.Unauthorized, ended.Status);
        Assert.Contains("has changed since you signed in", ended.Body.QuerySelector(".pat-alert")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("ci", ended.Body.QuerySelector("#pat-name")!.GetAttribute("value"));
        Assert.Empty(await app.TokensAsync());
    }

    [Fact]
    public async Task Signing_in_leads_back_to_the_page_without_asking_for_it_again()
    {
        await using var app = await StartAsync();
        using var browser = await SignInAsync(app);
        _owners.Set(PageApp.Alice, stamp: "after");
        var ended = await browser.GetAsync($"{PageApp.Path}?search=ci&page=2");

        var sentAway = await browser.GetAsync(ended.Link("Sign in"));

        Assert.Equal(HttpStatusCode.Found, sentAway.Status);
        Assert.Equal($"{PageApp.Path}?search=ci&page=2", ReturnUrlOf(sentAway));
        Assert.Equal("no-cache, no-store", sentAway.Header("Cache-Control"));
    }

    [Fact]
    public async Task An_application_that_sends_the_session_straight_back_sends_it_to_a_page()
    {
        await using var app = await StartAsync();
        using var browser = await SignInAsync(app);
        _owners.Set(PageApp.Alice, stamp: "after");
        var ended = await browser.GetAsync(PageApp.Path);

        var back = await browser.GetAsync(ReturnUrlOf(await browser.GetAsync(ended.Link("Sign in"))));

        Assert.Equal("Your session has ended", back.Title);
    }

    [Fact]
    public async Task A_session_that_is_current_is_not_asked_to_sign_in()
    {
        await using var app = await StartAsync();
        using var browser = await SignInAsync(app);

        var page = await browser.GetAsync($"{PageApp.Path}?sign-in=1");

        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    private static string ReturnUrlOf(WebPage redirect)
    {
        Assert.Equal(HttpStatusCode.Found, redirect.Status);
        var location = redirect.Header("Location")!;
        return Uri.UnescapeDataString(location[(location.IndexOf("ReturnUrl=", StringComparison.Ordinal) + "ReturnUrl=".Length)..]);
    }

    private static Task<Browser> SignInAsync(PageApp app) => app.SignInAsync(claims: $"{StampClaim}:before");

    private Task<PageApp> StartAsync() => PageApp.StartAsync(new() { Owners = _owners });
}

using System.Net;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>Pages about a token that is not there, not the user's, or does not work any more.</summary>
public sealed class UnusableTokenTests
{
    public static TheoryData<string> Actions => new("edit", "rotate", "revoke");

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Somebody_else_s_token_and_an_unknown_one_are_the_same(string action)
    {
        await using var app = await PageApp.StartAsync();
        var bobs = (await app.CreateTokenAsync("bob's", PageApp.Bob)).Token!;
        using var browser = await app.SignInAsync();
        var genuine = (await browser.GetAsync($"{PageApp.Path}/new")).Body.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var pages = new List<string>();
        foreach (var id in new[] { PersonalAccessTokenFormat.FormatId(bobs.Id), "0000000000000000000001", "x", "7%2F8" })
        {
            var path = $"{PageApp.Path}/{id}/{action}";
            pages.Add(AssertNotFound(await browser.GetAsync(path)));
            pages.Add(AssertNotFound(await browser.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(
            [
                KeyValuePair.Create("__RequestVerificationToken", genuine), KeyValuePair.Create("version", "1"),
                KeyValuePair.Create("name", "x"), KeyValuePair.Create("scopes", "read"), KeyValuePair.Create("expires", "7"),
            ]))));
        }

        Assert.Single(pages.Distinct());
        var untouched = await app.TokenAsync(bobs.Id);
        Assert.Equal((1L, null), (untouched.Version, untouched.RevokedAt));
    }

    [Theory]
    [InlineData("edit", "revoked", "“laptop” is revoked, and a revoked token can't be changed. Create a new one.")]
    [InlineData("edit", "expired", "“laptop” has expired, and an expired token can't be changed. Create a new one.")]
    [InlineData("edit", "inactive", "“laptop” was unused for too long, and an inactive token can't be changed. Create a new one.")]
    [InlineData("rotate", "revoked", "“laptop” is revoked, and a revoked token can't be changed. Create a new one.")]
    [InlineData("rotate", "expired", "“laptop” has expired, and an expired token can't be changed. Create a new one.")]
    [InlineData("rotate", "inactive", "“laptop” was unused for too long, and an inactive token can't be changed. Create a new one.")]
    public async Task A_token_that_does_not_work_is_not_changed_and_why_is_told(string action, string state, string message)
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.InactivityPeriod = TimeSpan.FromDays(10) });
        var token = (await app.CreateTokenAsync(expiresAt: app.Time.GetUtcNow().AddDays(state == "expired" ? 1 : 100))).Token!;
        var path = $"{PageApp.Path}/{PersonalAccessTokenFormat.FormatId(token.Id)}/{action}";
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync(path);
        if (state == "revoked")
        {
            await app.Manager.RevokeAsync(token.Id);
        }
        else
        {
            app.Time.AdvanceWallClock(TimeSpan.FromDays(state == "expired" ? 1 : 10));
        }

        foreach (var page in new[] { await browser.GetAsync(path), await browser.SubmitAsync(form) })
        {
            Assert.Equal(HttpStatusCode.Conflict, page.Status);
            Assert.Equal(message, page.Alert);
            Assert.Empty(page.Body.QuerySelectorAll("form"));
        }
    }

    private static string AssertNotFound(WebPage page)
    {
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("You have no token with this id. It may have been removed.", page.Alert);
        return page.Html;
    }
}

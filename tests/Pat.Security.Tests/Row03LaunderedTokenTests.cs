using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Pat.Security.Tests;

/// <summary>
/// Row 3. A token was laundered into a stronger credential (Gitea CVE-2026-73804). No endpoint makes a token or sets a cookie for a token,
/// and an identity with a token's id stays that token's, also where an application put it into a cookie.
/// </summary>
public sealed class Row03LaunderedTokenTests
{
    [Fact]
    public async Task Row_3_A_token_sets_no_cookie_and_makes_no_token()
    {
        await using var app = await EveryEndpoint.StartAsync();
        var cookie = await app.SignInAsync(TestApp.Bob);
        var made = 0;

        foreach (var (method, path) in EveryEndpoint.Requests(app))
        {
            foreach (var beside in new[] { null, cookie })
            {
                using var response = await EveryEndpoint.SendAsync(app, method, path, await app.CreateTokenAsync("write"), beside);
                made++;
                Assert.False(response.Headers.Contains("Set-Cookie"), $"{method} {path} set a cookie.");
            }
        }

        Assert.Equal(made, await CountAsync(app, TestApp.Alice));
        Assert.Equal(0, await CountAsync(app, TestApp.Bob));
    }

    [Theory]
    [InlineData("/stay")]
    [InlineData("/stay-with-more")]
    public async Task Row_3_A_cookie_that_an_application_makes_of_a_token_can_do_nothing(string stay)
    {
        await using var app = await TestApp.StartAsync(map: app =>
        {
            app.MapPost("/stay", (HttpContext context) => context.SignInAsync(
                CookieAuthenticationDefaults.AuthenticationScheme, context.User)).RequireScope("read");
            app.MapPost("/stay-with-more", (HttpContext context) => context.SignInAsync(
                CookieAuthenticationDefaults.AuthenticationScheme,
                new ClaimsPrincipal([new ClaimsIdentity("Own"), .. context.User.Identities]))).RequireScope("read");
            app.MapGet("/open", () => "open");
            app.MapGet("/read", Answers.Who).RequireScope("read");
            app.MapGet("/any", Answers.Who).AllowAnyToken();
            app.MapGet("/closed", Answers.Who).RequireAuthorization();
            app.MapGet("/refuses", Answers.Who).RequireAuthorization().RefuseTokens();
            app.MapGet("/refuses-scope", Answers.Who).RequireScope("read").RefuseTokens();
            app.MapPersonalAccessTokens();
        });
        using var made = await app.PostAsync(stay, await app.CreateTokenAsync("read", "write"));
        var cookie = made.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        foreach (var path in new[] { "/read", "/any", "/closed", "/refuses", "/refuses-scope", "/api/auth/access_tokens/" })
        {
            using var answer = await app.GetAsync(path, cookie: cookie);
            Assert.True(
                answer.StatusCode == HttpStatusCode.Forbidden || answer.Headers.Location?.AbsolutePath == "/Account/AccessDenied",
                $"{path}: {answer.StatusCode} {answer.Headers.Location}");
        }

        Assert.Equal("open", await app.GetAsync("/open", cookie: cookie).TextAsync());
    }

    private static async Task<int> CountAsync(TestApp app, string ownerId) =>
        (await app.Manager.ListAsync(new PersonalAccessTokenQuery { OwnerId = ownerId })).Total;
}

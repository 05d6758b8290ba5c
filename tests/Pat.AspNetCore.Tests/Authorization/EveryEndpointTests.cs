using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.Tests;

/// <summary>Rows 1, 3 and 5 of the known failures, by calling every endpoint that an application has mapped.</summary>
public sealed class EveryEndpointTests
{
    [Fact]
    public async Task Row_1_A_token_without_any_scope_gets_nothing_but_itself()
    {
        await using var app = await EveryEndpoint.StartAsync();
        var answered = new SortedSet<string>(StringComparer.Ordinal);
        var called = 0;

        foreach (var (method, path) in EveryEndpoint.Requests(app))
        {
            using var response = await EveryEndpoint.SendAsync(app, method, path, await app.CreateTokenHoldingAsync());
            called++;
            if (response.IsSuccessStatusCode)
            {
                answered.Add($"{method} {path}");
            }
        }

        Assert.True(called > 40, $"Only {called} endpoints were found.");
        Assert.Equal(
            [
                "DELETE /api/auth/access_tokens/self", "DELETE /elsewhere/tokens/self", "GET /any-token",
                "GET /api/auth/access_tokens/self", "GET /elsewhere/tokens/self",
            ],
            answered);
    }

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

    [Fact]
    public async Task Row_3_A_cookie_that_an_application_makes_of_a_token_can_do_no_more_than_the_token()
    {
        await using var app = await TestApp.StartAsync(map: app =>
        {
            app.MapPost("/stay", (HttpContext context) => context.SignInAsync(
                CookieAuthenticationDefaults.AuthenticationScheme, context.User)).RequireScope("read");
            app.MapGet("/read", Answers.Who).RequireScope("read");
            app.MapPost("/write", Answers.Who).RequireScope("write");
            app.MapPersonalAccessTokens();
        });
        using var made = await app.PostAsync("/stay", await app.CreateTokenAsync("read"));
        var cookie = made.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        Assert.Equal("alice", await app.GetAsync("/read", cookie: cookie).TextAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await app.PostAsync("/write", cookie: cookie).StatusAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await app.GetAsync("/api/auth/access_tokens/", cookie: cookie).StatusAsync());
    }

    [Fact]
    public async Task Row_5_A_read_token_is_refused_on_every_write_endpoint()
    {
        await using var app = await EveryEndpoint.StartAsync();
        var cookie = await app.SignInAsync();
        var token = await app.CreateTokenAsync("read");
        var called = 0;

        foreach (var (method, path) in EveryEndpoint.Requests(app)
            .Where(request => request.Method is not ("GET" or "OPTIONS") && !request.Path.Contains("/self", StringComparison.Ordinal)))
        {
            foreach (var beside in new[] { null, cookie })
            {
                using var response = await EveryEndpoint.SendAsync(app, method, path, token, beside);
                called++;
                Assert.True(HttpStatusCode.Forbidden == response.StatusCode, $"{method} {path} is {response.StatusCode}.");
            }
        }

        Assert.True(called > 30, $"Only {called} endpoints were found.");
    }

    private static async Task<int> CountAsync(TestApp app, string ownerId) =>
        (await app.Manager.ListAsync(new PersonalAccessTokenQuery { OwnerId = ownerId })).Total;
}

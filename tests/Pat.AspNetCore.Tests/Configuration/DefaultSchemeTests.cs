using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>Adding tokens takes no application its default scheme away.</summary>
public sealed class DefaultSchemeTests
{
    [Fact]
    public async Task The_only_scheme_of_an_application_stays_its_default()
    {
        await using var app = await StartAsync(authentication => TestHost.AddCookies(authentication));

        using var page = await app.GetAsync(UsualEndpoints.Closed);
        using var session = await app.GetAsync(UsualEndpoints.Closed, cookie: await app.SignInAsync());
        using var token = await app.GetAsync(UsualEndpoints.Closed, await app.CreateTokenAsync("read"));

        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal(HttpStatusCode.OK, session.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, token.StatusCode);
        Assert.Equal("Cookies", await DefaultAsync(app));
    }

    [Fact]
    public async Task An_application_with_tokens_alone_has_them_as_its_default()
    {
        await using var app = await StartAsync(_ => { });

        using var nothing = await app.GetAsync(UsualEndpoints.Closed);
        using var token = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"));

        Assert.Equal(HttpStatusCode.Unauthorized, nothing.StatusCode);
        Assert.Equal(["Bearer"], nothing.Challenges());
        Assert.Equal(HttpStatusCode.OK, token.StatusCode);
        Assert.Equal(PersonalAccessTokenDefaults.AuthenticationScheme, await DefaultAsync(app));
    }

    [Fact]
    public async Task Several_schemes_without_a_default_stay_without_one_and_tokens_work()
    {
        await using var app = await StartAsync(authentication => TestHost.AddCookies(authentication).AddCookie("Second"));

        using var token = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"));
        using var nothing = await app.GetAsync(UsualEndpoints.Read);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (token.StatusCode, nothing.StatusCode));
        Assert.Null(await DefaultAsync(app));
    }

    [Fact]
    public async Task A_default_that_is_stated_stays()
    {
        await using var app = await StartAsync(authentication => TestHost.AddCookies(authentication).AddCookie("Second")
            .Services.AddAuthentication("Second"));

        Assert.Equal("Second", await DefaultAsync(app));
    }

    [Fact]
    public async Task Signing_in_works_on_a_default_cookie_scheme_although_the_request_carries_a_token()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);

        using var response = await app.GetAsync("/sign-in?user=bob", await app.CreateTokenAsync("read"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(response.Headers.GetValues("Set-Cookie"));
    }

    [Fact]
    public async Task Signing_out_works_beside_a_token_too()
    {
        await using var app = await TestApp.StartAsync(web =>
            web.MapGet("/sign-out", (HttpContext context) => context.SignOutAsync()));

        using var response = await app.GetAsync("/sign-out", await app.CreateTokenAsync("read"), await app.SignInAsync());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("expires=Thu, 01 Jan 1970", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_cookie_is_renewed_beside_a_token()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var cookie = await app.SignInAsync();
        var token = (await app.CreateTokenAsync(TestApp.Bob, ["read"])).Value;
        app.Time.AdvanceWallClock(TimeSpan.FromDays(10));

        using var beside = await app.GetAsync(UsualEndpoints.Read, token, cookie);
        using var alone = await app.GetAsync(UsualEndpoints.Read, cookie: cookie);

        Assert.False(beside.Headers.Contains("Set-Cookie"));
        Assert.Contains("pat_id", string.Join(' ', await beside.ClaimsAsync()), StringComparison.Ordinal);
        Assert.True(alone.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task An_application_can_keep_its_default_scheme_from_handing_tokens_over()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map, scheme: scheme => scheme.ForwardTokens = false);
        var token = await app.CreateTokenAsync("read");

        using var page = await app.GetAsync(UsualEndpoints.Closed, token);
        using var api = await app.GetAsync(UsualEndpoints.Read, token);

        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal(HttpStatusCode.OK, api.StatusCode);
    }

    private static Task<TestApp> StartAsync(Action<AuthenticationBuilder> authentication) =>
        TestApp.StartAsync(UsualEndpoints.Map, authentication: authentication);

    private static async Task<string?> DefaultAsync(TestApp app) =>
        (await app.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync())?.Name;
}

using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>What the application says about forwarding itself is kept.</summary>
public sealed class OwnForwardingTests
{
    [Fact]
    public async Task ForwardTokens_off_leaves_the_default_scheme_alone()
    {
        await using var app = await StartAsync(scheme: options => options.ForwardTokens = false);
        var token = (await app.CreateTokenAsync(TestApp.Bob, ["read"])).Value;
        var cookie = await app.SignInAsync();

        Assert.Equal("alice", await app.GetAsync("/page", token, cookie).TextAsync());
        using var redirected = await app.GetAsync("/page", token);
        Assert.Equal(HttpStatusCode.Redirect, redirected.StatusCode);
        Assert.Equal("bob", await app.GetAsync("/scope", token, cookie).TextAsync());
    }

    [Fact]
    public async Task ForwardTokens_off_lets_no_cookie_widen_a_token()
    {
        await using var app = await StartAsync(scheme: options => options.ForwardTokens = false);
        var token = await app.CreateTokenAsync("read");
        var cookie = await app.SignInAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await app.PostAsync("/scope", token, cookie).StatusAsync());
    }

    [Fact]
    public async Task An_explicit_forward_of_the_application_wins()
    {
        await using var app = await StartAsync(authentication: authentication => CertificateStandIn.Add(authentication.Services
            .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(options =>
            {
                options.ForwardAuthenticate = CertificateStandIn.Name;
                options.ForwardChallenge = CertificateStandIn.Name;
            })));
        var token = await app.CreateTokenAsync("read");

        using var response = await app.GetAsync("/page", token);
        response.AssertChallenge(HttpStatusCode.Unauthorized, "Certificate");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/page");
        request.Headers.Add("Authorization", $"Bearer {token}");
        request.Headers.Add(CertificateStandIn.Header, "carol");
        Assert.Equal("carol", await app.Client.SendAsync(request).TextAsync());
        Assert.Equal("alice", await app.GetAsync("/scope", token).TextAsync());
    }

    [Fact]
    public async Task A_policy_scheme_with_its_own_selector_keeps_working()
    {
        const string jwtOrCookie = "JWT_OR_COOKIE";
        await using var app = await StartAsync(authentication: authentication => Jwts.AddJwts(TestHost.AddCookies(
            authentication.Services.AddAuthentication(jwtOrCookie)))
            .AddPolicyScheme(jwtOrCookie, null, options => options.ForwardDefaultSelector = Select));
        var token = await app.CreateTokenAsync("read");
        var cookie = await app.SignInAsync();
        var jwt = Jwts.Create("carol");

        foreach (var path in new[] { "/page", "/scope" })
        {
            Assert.Equal("carol", await app.GetAsync(path, jwt).TextAsync());
            Assert.Equal("alice", await app.GetAsync(path, cookie: cookie).TextAsync());
        }

        Assert.Equal("alice", await app.GetAsync("/scope", token).TextAsync());
        using var closed = await app.GetAsync("/page", token, cookie);
        closed.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
        Assert.Equal(HttpStatusCode.Redirect, await app.GetAsync("/page").StatusAsync());
    }

    [Fact]
    public async Task A_scheme_that_an_endpoint_names_and_that_is_no_default_is_left_alone()
    {
        await using var app = await TestApp.StartAsync(
            authentication: authentication => Jwts.AddJwts(TestHost.AddCookies(
                authentication.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme))),
            map: app => app.MapGet("/jwt", Answers.Who).RequireAuthorization(policy => policy
                .AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme).RequireAuthenticatedUser()));

        Assert.Equal("carol", await app.GetAsync("/jwt", Jwts.Create("carol")).TextAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await app.GetAsync("/jwt", await app.CreateTokenAsync("write")).StatusAsync());
        Assert.Equal(0, app.Store.Lookups);
    }

    private static string Select(HttpContext context) =>
        context.Request.Headers.Authorization is [{ } value] && value.StartsWith("Bearer ", StringComparison.Ordinal)
            ? JwtBearerDefaults.AuthenticationScheme
            : CookieAuthenticationDefaults.AuthenticationScheme;

    private static Task<TestApp> StartAsync(
        Action<AuthenticationBuilder>? authentication = null, Action<PersonalAccessTokenAuthenticationOptions>? scheme = null) =>
        TestApp.StartAsync(authentication: authentication, scheme: scheme, map: app =>
        {
            app.MapGet("/page", Answers.Who).RequireAuthorization();
            app.MapGet("/scope", Answers.Who).RequireScope("read");
            app.MapPost("/scope", Answers.Who).RequireScope("write");
        });
}

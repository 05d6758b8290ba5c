using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>Scopes limit tokens only, unless LimitOthers says otherwise.</summary>
public sealed class LimitOthersTests
{
    [Fact]
    public async Task A_JWTs_own_scope_claims_are_not_looked_at()
    {
        await using var app = await StartAsync();

        Assert.Equal("carol", await app.GetAsync("/write", Jwts.Create("carol", "read")).TextAsync());
    }

    [Theory]
    [InlineData("/read", "read", HttpStatusCode.OK)]
    [InlineData("/write", "read", HttpStatusCode.Forbidden)]
    [InlineData("/write", "write", HttpStatusCode.OK)]
    [InlineData("/method", "read", HttpStatusCode.OK)]
    [InlineData("/any", "read", HttpStatusCode.OK)]
    [InlineData("/write", null, HttpStatusCode.OK)]
    public async Task LimitOthers_makes_them_count(string path, string? scope, HttpStatusCode expected)
    {
        await using var app = await StartAsync(options => options.LimitOthers = principal =>
            principal.FindFirst("scope")?.Value is { } held ? held.Split(' ') : null);

        Assert.Equal(expected, await app.GetAsync(path, Jwts.Create("carol", scope)).StatusAsync());
    }

    [Fact]
    public async Task Who_is_limited_makes_no_token_that_is_not()
    {
        await using var app = await StartAsync(options => options.LimitOthers = principal =>
            principal.FindFirst("scope")?.Value is { } held ? held.Split(' ') : null);

        Assert.Equal(HttpStatusCode.Forbidden, await app.GetAsync("/api/auth/access_tokens", Jwts.Create("carol", "read write")).StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await app.GetAsync("/api/auth/access_tokens", Jwts.Create("carol", null)).StatusAsync());
    }

    [Fact]
    public async Task LimitOthers_gives_a_token_nothing()
    {
        await using var app = await StartAsync(options => options.LimitOthers = _ => ["read", "write"]);

        Assert.Equal(HttpStatusCode.Forbidden, await app.GetAsync("/write", await app.CreateTokenAsync("read")).StatusAsync());
    }

    [Fact]
    public async Task An_identity_that_nobody_authenticated_keeps_no_user_out()
    {
        await using var app = await StartAsync(services: builder => builder.Services.AddSingleton<IClaimsTransformation, AnonymousIdentity>());

        Assert.Equal(HttpStatusCode.OK, await app.GetAsync("/write", Jwts.Create("carol", null)).StatusAsync());
    }

    private static Task<TestApp> StartAsync(
        Action<PersonalAccessTokenAuthenticationOptions>? scheme = null, Action<WebApplicationBuilder>? services = null) => TestApp.StartAsync(
        scheme: scheme,
        services: services,
        authentication: Jwts.AsDefault,
        map: app =>
        {
            app.MapGet("/read", Answers.Who).RequireScope("read");
            app.MapGet("/write", Answers.Who).RequireScope("write");
            app.MapGet("/method", Answers.Who).RequireScopeByMethod();
            app.MapGet("/any", Answers.Who).AllowAnyToken();
            app.MapPersonalAccessTokens();
        });

    /// <summary>Puts one beside the user's own, as applications do to carry claims along.</summary>
    private sealed class AnonymousIdentity : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            if (principal.Identities.All(static identity => identity.IsAuthenticated))
            {
                principal.AddIdentity(new ClaimsIdentity());
            }

            return Task.FromResult(principal);
        }
    }
}

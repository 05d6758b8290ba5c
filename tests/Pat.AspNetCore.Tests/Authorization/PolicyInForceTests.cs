using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>The policy in force, be it the default or the fallback one, says whether an endpoint takes tokens.</summary>
public sealed class PolicyInForceTests
{
    private static readonly AuthorizationPolicy Read =
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireScope("read").Build();

    [Fact]
    public async Task A_fallback_policy_without_a_scope_opens_nothing()
    {
        await using var app = await StartAsync(options =>
            options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        using var response = await app.GetAsync("/bare", await app.CreateTokenAsync("write"));

        response.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
        Assert.Equal(0, app.Store.Lookups);
        Assert.Equal(HttpStatusCode.Redirect, await app.GetAsync("/bare").StatusAsync());
    }

    [Fact]
    public async Task A_fallback_policy_with_a_scope_counts_as_stated()
    {
        await using var app = await StartAsync(options => options.FallbackPolicy = Read);

        Assert.Equal(TestApp.Alice, await app.GetAsync("/bare", await app.CreateTokenAsync("read")).TextAsync());
        using var refused = await app.GetAsync("/bare", await app.CreateTokenHoldingAsync());
        refused.AssertChallenge(HttpStatusCode.Forbidden, "Bearer error=\"insufficient_scope\", scope=\"read\"");
    }

    [Fact]
    public async Task A_default_policy_with_a_scope_counts_as_stated()
    {
        await using var app = await StartAsync(options => options.DefaultPolicy = Read);

        Assert.Equal(TestApp.Alice, await app.GetAsync("/plain", await app.CreateTokenAsync("read")).TextAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await app.GetAsync("/plain", await app.CreateTokenHoldingAsync()).StatusAsync());
        Assert.Equal("nobody", await app.GetAsync("/bare", await app.CreateTokenAsync("read")).TextAsync());
    }

    [Fact]
    public async Task An_unknown_url_under_a_fallback_scope_policy_is_401()
    {
        await using var app = await StartAsync(options => options.FallbackPolicy = Read);

        using var response = await app.GetAsync("/nowhere");

        response.AssertChallenge(HttpStatusCode.Unauthorized, "Bearer");
        Assert.Equal(HttpStatusCode.NotFound, await app.GetAsync("/nowhere", await app.CreateTokenAsync("read")).StatusAsync());
    }

    [Fact]
    public async Task An_unknown_url_under_a_closed_fallback_policy_forges_no_line_of_the_log()
    {
        await using var app = await StartAsync(options =>
            options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        using var response = await app.GetAsync("/nowhere%0Aforged", await app.CreateTokenAsync("read"));

        response.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
        var line = Assert.Single(app.Logs.GetSnapshot(), record => record.Id.Id == 101);
        Assert.DoesNotContain("forged", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_default_policy_with_a_scope_does_not_open_the_management_api()
    {
        await using var app = await StartAsync(options => options.DefaultPolicy = Read);

        using var response = await app.GetAsync("/api/auth/access_tokens/", await app.CreateTokenAsync("write"));

        response.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
        Assert.Equal(HttpStatusCode.OK, await app.GetAsync("/api/auth/access_tokens/", cookie: await app.SignInAsync()).StatusAsync());
    }

    private static Task<TestApp> StartAsync(Action<AuthorizationOptions> authorization) => TestApp.StartAsync(
        services: builder => builder.Services.AddAuthorization(authorization),
        map: app =>
        {
            app.MapGet("/bare", Answers.Who);
            app.MapGet("/plain", Answers.Who).RequireAuthorization();
            app.MapPersonalAccessTokens();
        });
}

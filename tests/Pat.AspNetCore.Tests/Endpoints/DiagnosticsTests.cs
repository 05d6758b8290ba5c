using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore.Tests;

/// <summary>Operators can see which endpoints take tokens, where the application wants that.</summary>
public sealed class DiagnosticsTests
{
    private const string Path = PersonalAccessTokenDefaults.DiagnosticsPath;

    [Fact]
    public async Task Who_meets_the_policy_sees_every_endpoint_that_takes_tokens()
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync(Path, cookie: await app.SignInAsync(TestApp.Bob));

        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-cache, no-store", response.Headers.CacheControl?.ToString().Replace("no-store, no-cache", "no-cache, no-store", StringComparison.Ordinal));
        Assert.Equal(
            """
            [{"endpoint":"HTTP: GET /tasks =\u003E Who","pattern":"/tasks","methods":["GET"],"scopes":["read"],"schemes":["PersonalAccessToken"]}]
            """,
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Nobody_else_does()
    {
        await using var app = await StartAsync();

        using var token = await app.GetAsync(Path, (await app.CreateTokenAsync(TestApp.Bob, ["write"])).Value);
        using var stranger = await app.GetAsync(Path, cookie: await app.SignInAsync(TestApp.Alice));
        using var nobody = await app.GetAsync(Path);

        token.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
        Assert.NotEqual(HttpStatusCode.OK, stranger.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, nobody.StatusCode);
    }

    [Fact]
    public async Task Not_even_a_policy_that_asks_for_a_scope_lets_a_token_in()
    {
        await using var app = await TestApp.StartAsync(
            web => web.MapPersonalAccessTokenDiagnostics("operators"),
            services: builder => builder.Services.AddAuthorizationBuilder().AddPolicy("operators", policy => policy.RequireScope("read")));

        using var response = await app.GetAsync(Path, await app.CreateTokenAsync("read"));

        response.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
    }

    [Fact]
    public async Task It_is_there_only_where_the_application_maps_it()
    {
        await using var app = await TestApp.StartAsync(web => web.MapPersonalAccessTokens());

        using var response = await app.GetAsync(Path, cookie: await app.SignInAsync(TestApp.Bob));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task It_needs_a_policy_and_tokens_and_is_in_no_description()
    {
        await using var plain = WebApplication.CreateBuilder().Build();
        Assert.Throws<InvalidOperationException>(() => plain.MapPersonalAccessTokenDiagnostics("operators"));

        await using var app = await StartAsync();
        var endpoint = app.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>().Single(endpoint => endpoint.RoutePattern.RawText == Path);
        Assert.True(endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()!.ExcludeFromDescription);

        await Assert.ThrowsAsync<ArgumentException>(() => TestApp.StartAsync(web => web.MapPersonalAccessTokenDiagnostics("")));
    }

    [Fact]
    public async Task A_group_that_lets_everybody_in_stops_the_start()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(
            app => app.MapGroup("/ops").AllowAnonymous().MapPersonalAccessTokenDiagnostics("operators"),
            services: builder => builder.Services.AddAuthorizationBuilder().AddPolicy("operators", policy => policy.RequireAuthenticatedUser())));

        Assert.Contains("AllowAnonymous switches off the policy", Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        app =>
        {
            app.MapGet("/tasks", Answers.Who).RequireScope("read");
            app.MapGet("/closed", Answers.Who).RequireAuthorization();
            app.MapPersonalAccessTokenDiagnostics("operators");
        },
        services: builder => builder.Services.AddAuthorizationBuilder().AddPolicy(
            "operators", policy => policy.RequireClaim(System.Security.Claims.ClaimTypes.NameIdentifier, TestApp.Bob)));
}

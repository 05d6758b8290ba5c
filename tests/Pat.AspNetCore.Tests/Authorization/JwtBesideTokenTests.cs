using System.Net;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.Tests;

/// <summary>JWTs and tokens in one place of the header.</summary>
public sealed class JwtBesideTokenTests
{
    [Fact]
    public async Task Both_get_in()
    {
        await using var app = await StartAsync();

        Assert.Equal("carol", await app.GetAsync("/scope", Jwts.Create("carol")).TextAsync());
        Assert.Equal("alice", await app.GetAsync("/scope", await app.CreateTokenAsync("read")).TextAsync());
    }

    [Theory]
    [InlineData("/scope")]
    [InlineData("/page")]
    public async Task An_expired_JWT_is_explained_by_its_own_scheme(string path)
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync(path, Jwts.Create("carol", isExpired: true));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var challenge = Assert.Single(response.Challenges());
        Assert.StartsWith("Bearer error=\"invalid_token\", error_description=\"The token expired at", challenge, StringComparison.Ordinal);
        Assert.Equal(0, app.Store.Lookups);
    }

    [Fact]
    public async Task An_endpoint_that_names_JWTs_explains_an_expired_one_once()
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync("/jwt-and-scope", Jwts.Create("carol", isExpired: true));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Single(response.Challenges(), challenge => challenge.Contains("error=\"invalid_token\"", StringComparison.Ordinal));
        Assert.Equal(response.Challenges().Distinct(), response.Challenges());
    }

    [Fact]
    public async Task Without_credentials_and_with_a_refused_token_the_challenge_is_ours()
    {
        await using var app = await StartAsync();

        using var nobody = await app.GetAsync("/scope");
        nobody.AssertChallenge(HttpStatusCode.Unauthorized, "Bearer");
        using var refused = await app.GetAsync("/scope", "pat_garbage");
        refused.AssertChallenge(HttpStatusCode.Unauthorized, Answers.Refused);
    }

    [Fact]
    public async Task A_token_on_a_page_for_JWTs_is_403()
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync("/page", await app.CreateTokenAsync("write"));

        response.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        authentication: Jwts.AsDefault,
        map: app =>
        {
            app.MapGet("/scope", Answers.Who).RequireScope("read");
            app.MapGet("/page", Answers.Who).RequireAuthorization();
            app.MapGet("/jwt-and-scope", Answers.Who).RequireScope("read").RequireAuthorization(policy => policy
                .AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme).RequireAuthenticatedUser());
        });
}

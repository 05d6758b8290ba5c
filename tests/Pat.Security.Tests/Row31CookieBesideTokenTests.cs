using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;

namespace Pat.Security.Tests;

/// <summary>
/// Row 31. A cookie beside the token would widen it; this one is ours to prevent. The default scheme hands a request with a token over, and
/// another identity beside a token is refused, whatever a second policy, a hub or a claims transformation makes of it.
/// </summary>
/// <remarks>
/// Also <see cref="Row31CookieBesideTokenByTransformationTests"/>, <see cref="Row31CookieBesideTokenOnHubsTests"/>,
/// <see cref="Row31CookieBesideTokenWithNamedSchemesTests"/>.
/// </remarks>
public sealed class Row31CookieBesideTokenTests
{
    [Fact]
    public async Task Row_31_A_cookie_beside_a_token_that_an_event_supplies_widens_nothing()
    {
        await using var app = await OtherCarrierApp.StartAsync();
        var cookie = await app.SignInAsync(TestApp.Bob, "role:admin");

        Assert.Equal(HttpStatusCode.Forbidden, await app.SendByEventAsync("POST", "/write", await app.CreateTokenAsync("read"), cookie).StatusAsync());
        Assert.Equal("alice", await app.SendByEventAsync("POST", "/write", await app.CreateTokenAsync("write"), cookie).TextAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await app.SendByEventAsync("POST", "/write", "pat_garbage", cookie).StatusAsync());
    }

    [Theory]
    [InlineData("/scope")]
    [InlineData("/policy")]
    [InlineData("/method")]
    [InlineData("/default")]
    [InlineData("/page")]
    [InlineData("/api/auth/access_tokens/")]
    public async Task Row_31_A_read_token_with_the_owners_cookie_is_refused_on_a_write_endpoint(string path)
    {
        await using var app = await TestApp.StartAsync(map: app =>
        {
            app.MapPost("/scope", Answers.Who).RequireScope("write");
            app.MapPost("/policy", Answers.Who).RequireAuthorization(PersonalAccessTokenPolicies.Write);
            app.MapPost("/method", Answers.Who).RequireScopeByMethod();
            app.MapPost("/default", Answers.Who).RequireScope("write").RequireAuthorization();
            app.MapPost("/page", Answers.Who).RequireAuthorization();
            app.MapPersonalAccessTokens();
        });
        var cookie = await app.SignInAsync(claims: "role:admin,scope:write");
        using var body = new StringContent("""{"name":"one more","scopes":["write"],"expiresInDays":1}""", null, "application/json");

        using var response = await app.PostAsync(path, await app.CreateTokenAsync("read"), cookie, body);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Null(response.Headers.Location);
    }
}

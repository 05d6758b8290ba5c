using System.Net;
using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.Tests;

/// <summary>Row 31 of the known failures: the owner's own cookie beside a read token widens it nowhere. Second policies, hubs and transformations have tests of their own.</summary>
public sealed class CookieBesideTokenTests
{
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

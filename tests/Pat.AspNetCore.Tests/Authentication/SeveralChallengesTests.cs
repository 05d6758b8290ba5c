using System.Net;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>Endpoints that several schemes answer for.</summary>
public sealed class SeveralChallengesTests
{
    [Fact]
    public async Task Both_schemes_challenges_are_there()
    {
        await using var app = await StartAsync(jwt => jwt.Challenge = "Bearer realm=\"jwt\"");

        using var response = await app.GetAsync("/both");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(["Bearer", "Bearer realm=\"jwt\""], response.Challenges().Order());
    }

    [Fact]
    public async Task The_same_challenge_is_not_there_twice()
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync("/both");

        Assert.Equal(["Bearer"], response.Challenges());
    }

    [Theory]
    [InlineData("Cookies,PersonalAccessToken")]
    [InlineData("PersonalAccessToken,Cookies")]
    public async Task A_cookie_scheme_on_the_same_endpoint_does_not_redirect(string schemes)
    {
        await using var app = await TestApp.StartAsync(web => web.MapGet("/named", () => "named")
            .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = schemes }).RequireScope("read"));

        using var nothing = await app.GetAsync("/named");
        using var wrong = await app.GetAsync("/named", TokenValues.OfUnknownId());

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (nothing.StatusCode, wrong.StatusCode));
        Assert.Contains("Bearer", nothing.Challenges());
        Assert.Equal([Answers.Refused], wrong.Challenges());
    }

    private static Task<TestApp> StartAsync(Action<JwtBearerOptions>? jwt = null) =>
        TestApp.StartAsync(
            web => web.MapGet("/both", () => "both").RequireAuthorization(policy =>
                policy.AddAuthenticationSchemes("Jwt", PersonalAccessTokenDefaults.AuthenticationScheme).RequireScope("read")),
            authentication: authentication => TestHost.AddCookies(authentication.Services.AddAuthentication("Cookies"))
                .AddJwtBearer("Jwt", options => jwt?.Invoke(options)));
}

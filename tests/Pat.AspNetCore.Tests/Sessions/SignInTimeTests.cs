using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using static Pat.AspNetCore.Tests.RecentSignIns;

namespace Pat.AspNetCore.Tests;

/// <summary>Where an identity says itself when its user signed in (<c>auth_time</c> of OpenID Connect), that counts.</summary>
public sealed class SignInTimeTests
{
    [Theory]
    [InlineData(-601, false)]
    [InlineData(-600, true)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public async Task A_JWT_says_itself_when_its_user_signed_in(int seconds, bool isRecent)
    {
        await using var app = await StartWithJwtsAsync();
        var jwt = Jwts.Create(TestApp.Alice, signedInAt: app.Time.GetUtcNow().AddSeconds(seconds));

        using var response = await app.SendAsync(
            HttpMethod.Post, Management.Path, content: Management.Json(Management.Good), authorization: $"{JwtBearerDefaults.AuthenticationScheme} {jwt}");

        await AssertIsAsync(response, isRecent);
    }

    [Fact]
    public async Task A_JWT_that_does_not_say_it_is_old()
    {
        await using var app = await StartWithJwtsAsync();

        using var response = await app.SendAsync(
            HttpMethod.Post, Management.Path, content: Management.Json(Management.Good),
            authorization: $"{JwtBearerDefaults.AuthenticationScheme} {Jwts.Create(TestApp.Alice)}");

        await AssertOldAsync(response);
    }

    [Theory]
    [InlineData(-3600, false)]
    [InlineData(-60, true)]
    public async Task Who_was_signed_in_at_a_provider_already_signed_in_then(int seconds, bool isRecent)
    {
        await using var app = await StartAsync();
        var time = app.Time.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

        using var response = await app.CreateAsync(await app.SignInAsync(TestApp.Alice, $"auth_time:{time}"));

        await AssertIsAsync(response, isRecent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("253402300800")]
    public async Task A_claim_that_is_no_time_is_no_reason_to_doubt_a_sign_in(string time)
    {
        await using var app = await StartAsync();

        await app.CreatedAsync(await app.SignInAsync(TestApp.Alice, $"auth_time:{time}"));
    }

    private static Task<TestApp> StartWithJwtsAsync() => TestApp.StartAsync(
        authentication: Jwts.AsDefault,
        services: builder =>
        {
            builder.Services.AddProblemDetails();
            Require(builder);
        },
        map: app => app.MapPersonalAccessTokens());

    private static async Task AssertIsAsync(HttpResponseMessage response, bool isRecent)
    {
        if (isRecent)
        {
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }
        else
        {
            await AssertOldAsync(response);
        }
    }
}

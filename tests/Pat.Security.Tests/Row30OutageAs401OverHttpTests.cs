using System.Net;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pat.Security.Tests;

/// <summary>More of <see cref="Row30OutageAs401Tests"/>, over HTTP.</summary>
public sealed class Row30OutageAs401OverHttpTests
{
    private readonly TestOwners _owners = TestOwners.AliceAndBob();

    [Fact]
    public async Task Row_30_a_token_is_answered_503_while_the_store_is_down_and_works_again_after()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var token = await app.CreateTokenAsync("read");
        app.Store.Fail(new TimeoutException());

        using var down = await app.GetAsync(UsualEndpoints.Read, token);
        app.Store.Recover();
        using var up = await app.GetAsync(UsualEndpoints.Read, token);

        AssertUnavailable(down);
        Assert.Equal(HttpStatusCode.OK, up.StatusCode);
    }

    [Fact]
    public async Task Row_30_a_session_is_not_affected_and_does_not_take_the_tokens_place()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var token = await app.CreateTokenAsync("read");
        var cookie = await app.SignInAsync();
        app.Store.Fail(new TimeoutException());

        using var session = await app.GetAsync(UsualEndpoints.Read, cookie: cookie);
        using var page = await app.GetAsync(UsualEndpoints.Closed, cookie: cookie);
        using var both = await app.GetAsync(UsualEndpoints.Read, token, cookie);
        using var open = await app.GetAsync(UsualEndpoints.Open, token);
        using var closed = await app.GetAsync(UsualEndpoints.Closed, token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (session.StatusCode, page.StatusCode));
        AssertUnavailable(both);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
    }

    [Fact]
    public async Task Row_30_A_malformed_token_is_refused_without_the_store()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        app.Store.Fail(new TimeoutException());

        using var response = await app.GetAsync(UsualEndpoints.Read, "pat_nonsense");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Row_30_Owners_that_can_not_be_read_are_an_outage_too()
    {
        var owners = TestOwners.AliceAndBob();
        await using var app = await TestApp.StartAsync(
            UsualEndpoints.Map, services: builder => builder.Services.AddSingleton<IPersonalAccessTokenOwnerSource>(owners));
        var token = await app.CreateTokenAsync("read");
        owners.Fault = new TimeoutException();

        using var response = await app.GetAsync(UsualEndpoints.Read, token);

        AssertUnavailable(response);
    }

    [Fact]
    public async Task Row_30_A_hash_whose_key_is_not_here_is_an_outage_with_an_error_in_the_log()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var token = await TokenValues.StoreColdAsync(app, "$hmac-sha256$keyid=gone$" + Convert.ToBase64String(new byte[32]).TrimEnd('='));

        using var response = await app.GetAsync(UsualEndpoints.Read, token);

        AssertUnavailable(response);
        Assert.Contains(app.Logs.GetSnapshot(), record => record.Level == LogLevel.Error);
    }

    [Theory]
    [InlineData("Cookies,PersonalAccessToken")]
    [InlineData("PersonalAccessToken,Cookies")]
    [InlineData("PersonalAccessToken,Jwt")]
    [InlineData("Jwt,PersonalAccessToken")]
    [InlineData("Jwt")]
    [InlineData("Jwt,Cookies")]
    public async Task Row_30_Other_schemes_on_the_endpoint_do_not_turn_it_into_a_refusal(string schemes)
    {
        await using var app = await TestApp.StartAsync(
            web => web.MapGet("/several", () => "several").RequireAuthorization(policy =>
                policy.AddAuthenticationSchemes(schemes.Split(',')).RequireScope("read")),
            authentication: authentication =>
                TestHost.AddCookies(authentication.Services.AddAuthentication("Cookies")).AddJwtBearer("Jwt", _ => { }));
        var token = await app.CreateTokenAsync("read");
        app.Store.Fail(new TimeoutException());

        using var response = await app.GetAsync("/several", token);

        AssertUnavailable(response);
        Assert.Null(response.Headers.Location);
    }

    [Fact]
    public async Task Row_30_The_store_is_asked_once_for_a_request_that_finds_it_down()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var token = await app.CreateTokenAsync("read");
        app.Store.Fail(new TimeoutException());

        using var response = await app.GetAsync(UsualEndpoints.Read, token);

        Assert.Equal(1, app.Store.Lookups);
    }

    [Fact]
    public async Task Row_30_A_challenge_nobody_asked_for_before_is_answered_503_too()
    {
        await using var app = await TestApp.StartAsync(
            web => web.MapGet("/challenge", () => Results.Challenge(authenticationSchemes: [PersonalAccessTokenDefaults.AuthenticationScheme]))
                .RequireScope("read"),
            scheme: scheme => scheme.ForwardTokens = false);
        var cookie = await app.SignInAsync();
        var token = await app.CreateTokenAsync("read");
        app.Store.Fail(new TimeoutException());

        using var response = await app.GetAsync("/challenge", token, cookie);

        AssertUnavailable(response);
    }

    [Fact]
    public async Task Row_30_Those_who_are_turned_away_together_are_not_asked_back_together()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var token = await app.CreateTokenAsync("read");
        app.Store.Fail(new TimeoutException());

        var seconds = new HashSet<int>();
        for (var request = 0; request < 50; request++)
        {
            using var response = await app.GetAsync(UsualEndpoints.Read, token);
            AssertUnavailable(response);
            seconds.Add(response.RetrySeconds());
        }

        Assert.NotEqual(1, seconds.Count);
    }

    [Fact]
    public async Task Row_30_Owners_that_can_not_be_asked_for_are_503_and_end_no_session()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        _owners.Fault = new HttpRequestException("The directory does not answer: pat_secret.");

        foreach (var route in SessionRoutes.All())
        {
            using var response = await app.SendAsync(route, cookie);
            await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
            Assert.Empty(response.Headers.WwwAuthenticate);
        }
    }

    private static void AssertUnavailable(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Empty(response.Challenges());
        Assert.InRange(response.RetrySeconds(), 1, 5);
    }

    private Task<TestApp> StartAsync(Action<PersonalAccessTokenAuthenticationOptions>? scheme = null) => Management.StartAsync(
        services: builder => builder.Services.AddSingleton<IPersonalAccessTokenOwnerSource>(_owners), scheme: scheme);
}

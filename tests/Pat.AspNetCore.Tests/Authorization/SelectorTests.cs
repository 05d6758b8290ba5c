using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>Which scheme a request on a scope endpoint goes to.</summary>
public sealed class SelectorTests
{
    public static TheoryData<string> Orders => ["before", "after", "the only scheme", "no default", "the selector as default"];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task A_token_gets_in_however_the_schemes_were_added(string order)
    {
        await using var app = await StartAsync(order);

        Assert.Equal("alice", await app.GetAsync("/scope", await app.CreateTokenAsync("read")).TextAsync());
        using var nobody = await app.GetAsync("/scope");
        nobody.AssertChallenge(HttpStatusCode.Unauthorized, "Bearer");
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    [InlineData("the only scheme")]
    public async Task The_applications_default_stays_its_default(string order)
    {
        await using var app = await StartAsync(order);
        var cookie = await app.SignInAsync();

        Assert.Equal("alice", await app.GetAsync("/page", cookie: cookie).TextAsync());
        Assert.Equal("alice", await app.GetAsync("/scope", cookie: cookie).TextAsync());
        Assert.Equal(HttpStatusCode.Redirect, await app.GetAsync("/page").StatusAsync());
        using var closed = await app.GetAsync("/page", await app.CreateTokenAsync("write"), cookie);
        closed.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
    }

    [Fact]
    public async Task Without_any_default_a_session_is_no_one_and_nothing_fails()
    {
        await using var app = await StartAsync("no default");

        using var response = await app.GetAsync("/scope", cookie: await app.SignInAsync());

        response.AssertChallenge(HttpStatusCode.Unauthorized, "Bearer");
    }

    [Fact]
    public async Task An_application_with_tokens_alone_has_them_as_its_default()
    {
        await using var app = await StartAsync("tokens alone");

        Assert.Equal("alice", await app.GetAsync("/scope", await app.CreateTokenAsync("read")).TextAsync());
        using var nobody = await app.GetAsync("/page");
        nobody.AssertChallenge(HttpStatusCode.Unauthorized, "Bearer");
        using var closed = await app.GetAsync("/page", await app.CreateTokenAsync("read"));
        closed.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
    }

    [Theory]
    [InlineData("Bearer {0}, Bearer {0}")]
    [InlineData("Basic YTpi, Bearer {0}")]
    [InlineData("Bearer {0}, Basic YTpi")]
    [InlineData("Bearer something,{0}")]
    public async Task A_token_and_other_credentials_in_the_header_are_400_beside_a_cookie_too(string header)
    {
        await using var app = await StartAsync("before");
        var token = await app.CreateTokenAsync("read");

        foreach (var cookie in new[] { null, await app.SignInAsync() })
        {
            using var response = await app.GetAsync(
                "/scope", cookie: cookie, authorization: header.Replace("{0}", token, StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.StartsWith(
                "Bearer error=\"invalid_request\"", Assert.Single(response.Challenges()), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic YTpi")]
    [InlineData("Bearer something-else")]
    public async Task Other_credentials_alone_are_401_without_an_error(string header)
    {
        await using var app = await StartAsync("before");

        using var response = await app.GetAsync("/scope", authorization: header);

        response.AssertChallenge(HttpStatusCode.Unauthorized, "Bearer");
    }

    private static Task<TestApp> StartAsync(string order) => TestApp.StartAsync(
        authentication: authentication => Add(authentication.Services, order),
        map: app =>
        {
            app.MapGet("/scope", Answers.Who).RequireScope("read");
            app.MapGet("/page", Answers.Who).RequireAuthorization();
        });

    private static void Add(IServiceCollection services, string order)
    {
        switch (order)
        {
            case "before":
                TestHost.AddCookies(services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme));
                break;
            case "after":
                services.AddPersonalAccessTokens();
                TestHost.AddCookies(services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme));
                break;
            case "the only scheme":
                TestHost.AddCookies(services.AddAuthentication());
                break;
            case "the selector as default":
                TestHost.AddCookies(services.AddAuthentication(PersonalAccessTokenDefaults.SelectorScheme));
                break;
            case "no default":
                CertificateStandIn.Add(TestHost.AddCookies(services.AddAuthentication()));
                break;
        }
    }
}

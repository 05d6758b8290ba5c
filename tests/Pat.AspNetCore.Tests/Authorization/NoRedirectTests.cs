using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>An endpoint that is open to tokens never redirects.</summary>
public sealed class NoRedirectTests
{
    [Theory]
    [InlineData("/text")]
    [InlineData("/json")]
    [InlineData("/result")]
    [InlineData("/group/leaf")]
    [InlineData("/method")]
    [InlineData("/any")]
    [InlineData("/mvc/text")]
    [InlineData("/mvc/json")]
    [InlineData("/mvc/result")]
    public async Task Nobody_and_a_browser_get_401(string path)
    {
        await using var app = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html,application/xhtml+xml");

        using var plain = await app.GetAsync(path);
        using var browser = await app.Client.SendAsync(request);

        plain.AssertChallenge(HttpStatusCode.Unauthorized, "Bearer");
        browser.AssertChallenge(HttpStatusCode.Unauthorized, "Bearer");
    }

    [Theory]
    [InlineData("/role")]
    [InlineData("/named-role")]
    public async Task A_session_that_is_forbidden_gets_403(string path)
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync(path, cookie: await app.SignInAsync());

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(response.Challenges());
    }

    [Fact]
    public async Task An_endpoint_that_names_cookies_too_gets_401()
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync("/named-role");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(["Bearer"], response.Challenges());
    }

    [Theory]
    [InlineData("/certificate-first")]
    [InlineData("/certificate-last")]
    public async Task Two_schemes_give_two_challenges_once_each(string path)
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(["Bearer", "Certificate"], response.Challenges().Order());
    }

    [Fact]
    public async Task The_same_challenge_is_not_given_twice()
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync("/scheme-and-scope");

        response.AssertChallenge(HttpStatusCode.Unauthorized, "Bearer");
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        authentication: authentication => CertificateStandIn.Add(TestHost.AddCookies(
            authentication.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme))),
        services: OnlyControllers.Add(typeof(ResultsController)),
        map: app =>
        {
            app.MapControllers();
            app.MapGet("/text", () => "text").RequireScope("read");
            app.MapGet("/json", () => new { A = 1 }).RequireScope("read");
            app.MapGet("/result", () => Results.Redirect("/elsewhere")).RequireScope("read");
            app.MapGroup("/group").RequireScope("read").MapGet("/leaf", () => "text");
            app.MapGet("/method", () => "text").RequireScopeByMethod();
            app.MapGet("/any", () => "text").AllowAnyToken();
            app.MapGet("/role", () => "text").RequireScope("read").RequireAuthorization(policy => policy.RequireRole("admin"));
            app.MapGet("/named-role", () => "text").RequireScope("read").RequireAuthorization(policy =>
                policy.AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme).RequireRole("admin"));
            app.MapGet("/certificate-first", () => "text").RequireAuthorization(policy =>
                policy.AddAuthenticationSchemes(CertificateStandIn.Name).RequireAuthenticatedUser()).RequireScope("read");
            app.MapGet("/certificate-last", () => "text").RequireScope("read").RequireAuthorization(policy =>
                policy.AddAuthenticationSchemes(CertificateStandIn.Name).RequireAuthenticatedUser());
            app.MapGet("/scheme-and-scope", () => "text").RequireScope("read").RequireAuthorization(policy =>
                policy.AddAuthenticationSchemes(PersonalAccessTokenDefaults.AuthenticationScheme).RequireAuthenticatedUser());
        });

    [RequireScope("read")]
    [Route("/mvc/[action]")]
    private sealed class ResultsController : ControllerBase
    {
        [HttpGet]
        [ActionName("text")]
        public string Text() => Answers.Who(HttpContext);

        [HttpGet]
        [ActionName("json")]
        public JsonResult Json() => new(Answers.Who(HttpContext));

        [HttpGet]
        [ActionName("result")]
        public RedirectResult Result() => Redirect("/elsewhere");
    }
}

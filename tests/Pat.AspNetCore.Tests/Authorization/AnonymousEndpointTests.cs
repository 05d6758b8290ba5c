using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;

namespace Pat.AspNetCore.Tests;

/// <summary>Optional sign-in never uses tokens.</summary>
public sealed class AnonymousEndpointTests
{
    [Theory]
    [InlineData("/minimal", false)]
    [InlineData("/minimal", true)]
    [InlineData("/any", true)]
    [InlineData("/mvc", false)]
    [InlineData("/mvc", true)]
    public async Task RequireScope_and_AllowAnonymous_is_anonymous_without_a_look_up(string path, bool isWithCookie)
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("write");
        var cookie = isWithCookie ? await app.SignInAsync() : null;
        var lookups = app.Store.Lookups;

        using var response = await app.GetAsync(path, token, cookie);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("nobody", await response.Content.ReadAsStringAsync());
        Assert.Equal(lookups, app.Store.Lookups);
    }

    [Fact]
    public async Task A_session_is_still_seen_there()
    {
        await using var app = await StartAsync();

        Assert.Equal(TestApp.Alice, await app.GetAsync("/minimal", cookie: await app.SignInAsync()).TextAsync());
    }

    [Fact]
    public async Task A_failing_store_does_not_matter_there()
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("write");
        app.Store.Fail(new IOException("The database is gone."));

        Assert.Equal(HttpStatusCode.OK, await app.GetAsync("/minimal", token).StatusAsync());
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        services: OnlyControllers.Add(typeof(OpenController)),
        map: app =>
        {
            app.MapGet("/minimal", Answers.Who).RequireScope("read").AllowAnonymous();
            app.MapGet("/any", Answers.Who).AllowAnyToken().AllowAnonymous();
            app.MapControllers();
        });

    [RequireScope("read")]
    private sealed class OpenController : ControllerBase
    {
        [AllowAnonymous]
        [HttpGet("/mvc")]
        public string Get() => Answers.Who(HttpContext);
    }
}

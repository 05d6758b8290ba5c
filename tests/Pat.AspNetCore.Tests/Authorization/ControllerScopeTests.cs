using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;

namespace Pat.AspNetCore.Tests;

/// <summary>Attributes on controllers and actions add up.</summary>
public sealed class ControllerScopeTests
{
    [Theory]
    [InlineData("GET", "read", HttpStatusCode.OK)]
    [InlineData("GET", "other", HttpStatusCode.Forbidden)]
    [InlineData("POST", "read", HttpStatusCode.Forbidden)]
    [InlineData("POST", "other", HttpStatusCode.Forbidden)]
    [InlineData("POST", "read other", HttpStatusCode.OK)]
    [InlineData("DELETE", "read", HttpStatusCode.Forbidden)]
    [InlineData("DELETE", "write", HttpStatusCode.Forbidden)]
    [InlineData("DELETE", "write other", HttpStatusCode.OK)]
    [InlineData("PUT", "other", HttpStatusCode.Forbidden)]
    [InlineData("PUT", "read", HttpStatusCode.OK)]
    public async Task Class_and_action_add_up(string method, string held, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync(
            tokens: options => options.AddScope("other", "Something else"),
            services: OnlyControllers.Add(typeof(ScopedController)),
            map: app => app.MapControllers());
        var cookie = await app.SignInAsync();

        Assert.Equal(expected, await app.SendAsync(
            new HttpMethod(method), "/scoped", await app.CreateTokenAsync(held.Split(' '))).StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await app.SendAsync(new HttpMethod(method), "/scoped", cookie: cookie).StatusAsync());
    }

    [RequireScope("read")]
    private sealed class ScopedController : ControllerBase
    {
        [HttpGet("/scoped")]
        public string Get() => Answers.Who(HttpContext);

        [RequireScope("other")]
        [HttpPost("/scoped")]
        public string Post() => Answers.Who(HttpContext);

        [RequireScope("write")]
        [RequireScope("other")]
        [HttpDelete("/scoped")]
        public string Delete() => Answers.Who(HttpContext);

        [AllowAnyToken]
        [HttpPut("/scoped")]
        public string Put() => Answers.Who(HttpContext);
    }
}

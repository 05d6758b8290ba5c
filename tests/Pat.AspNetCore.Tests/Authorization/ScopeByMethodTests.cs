using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>Endpoints that state no scope themselves ask for read or write by the request's own method.</summary>
public sealed class ScopeByMethodTests
{
    [Theory]
    [InlineData("GET", "/things", HttpStatusCode.OK)]
    [InlineData("POST", "/things", HttpStatusCode.Forbidden)]
    [InlineData("PUT", "/things", HttpStatusCode.Forbidden)]
    [InlineData("PATCH", "/things", HttpStatusCode.Forbidden)]
    [InlineData("DELETE", "/things", HttpStatusCode.Forbidden)]
    [InlineData("HEAD", "/things", HttpStatusCode.MethodNotAllowed)]
    [InlineData("HEAD", "/things/any", HttpStatusCode.OK)]
    [InlineData("OPTIONS", "/things/any", HttpStatusCode.OK)]
    [InlineData("GET", "/things/any", HttpStatusCode.OK)]
    [InlineData("PROPFIND", "/things/any", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/things/any", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/things/search", HttpStatusCode.OK)]
    [InlineData("POST", "/things/search-by-attribute", HttpStatusCode.OK)]
    [InlineData("POST", "/things/search-by-delegate", HttpStatusCode.OK)]
    [InlineData("POST", "/search-alone", HttpStatusCode.OK)]
    public async Task A_read_token_reads(string method, string path, HttpStatusCode expected)
    {
        await using var app = await StartAsync();

        Assert.Equal(expected, await app.SendAsync(new HttpMethod(method), path, await app.CreateTokenAsync("read")).StatusAsync());
    }

    [Theory]
    [InlineData("websocket", 403)]
    [InlineData("h2c, WebSocket", 403)]
    [InlineData("h2c", 200)]
    public async Task A_request_that_begins_a_WebSocket_writes(string upgrade, int expected)
    {
        await using var app = await StartAsync();
        string[] headers = ["Connection: Upgrade", $"Upgrade: {upgrade}"];

        var (read, _) = await RawRequest.SendAsync(
            app, "GET", "/things", [$"Authorization: Bearer {await app.CreateTokenAsync("read")}", .. headers]);
        var (write, _) = await RawRequest.SendAsync(
            app, "GET", "/things", [$"Authorization: Bearer {await app.CreateTokenAsync("write")}", .. headers]);

        Assert.Equal((expected, 200), (read, write));
    }

    [Theory]
    [InlineData("get")]
    [InlineData("hEAD")]
    [InlineData("Options")]
    public async Task A_method_in_another_case_is_another_method(string method)
    {
        await using var app = await StartAsync();

        var (status, _) = await RawRequest.SendAsync(
            app, method, "/things/any", $"Authorization: Bearer {await app.CreateTokenAsync("read")}");

        Assert.Equal(403, status);
    }

    [Theory]
    [InlineData("GET", "/things")]
    [InlineData("POST", "/things")]
    [InlineData("PROPFIND", "/things/any")]
    public async Task A_write_token_does_both(string method, string path)
    {
        await using var app = await StartAsync();

        Assert.Equal(HttpStatusCode.OK, await app.SendAsync(new HttpMethod(method), path, await app.CreateTokenAsync("write")).StatusAsync());
    }

    [Theory]
    [InlineData("/after-scope")]
    [InlineData("/before-scope")]
    [InlineData("/around-scope")]
    [InlineData("/inside-scope")]
    [InlineData("/any-group")]
    [InlineData("/any-leaf")]
    [InlineData("/read-policy-group")]
    [InlineData("/read-policy-group-after")]
    [InlineData("/own-policy")]
    [InlineData("/scopeless-policy")]
    [InlineData("/default-policy")]
    [InlineData("/twice")]
    public async Task What_a_group_or_a_policy_states_adds_up_with_it(string path)
    {
        await using var app = await StartAsync();

        using var refused = await app.PostAsync(path, await app.CreateTokenAsync("read"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(["Bearer error=\"insufficient_scope\", scope=\"write\""], refused.Challenges());
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(path, await app.CreateTokenAsync("write")).StatusAsync());
    }

    [Fact]
    public async Task A_scope_of_the_group_around_is_needed_beside_it()
    {
        await using var app = await StartAsync();

        using var refused = await app.GetAsync("/other-group", await app.CreateTokenAsync("write"));

        Assert.Equal(["Bearer error=\"insufficient_scope\", scope=\"other\""], refused.Challenges());
        Assert.Equal(HttpStatusCode.OK, await app.GetAsync("/other-group", await app.CreateTokenAsync("read", "other")).StatusAsync());
    }

    [Theory]
    [InlineData("GET", "/mvc", HttpStatusCode.OK)]
    [InlineData("POST", "/mvc", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/mvc/search", HttpStatusCode.OK)]
    public async Task Controllers_ask_by_method_and_their_actions_may_state_their_own(string method, string path, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync(
            services: OnlyControllers.Add(typeof(ThingsController)), map: app => app.MapControllers().RequireScopeByMethod());

        Assert.Equal(expected, await app.SendAsync(new HttpMethod(method), path, await app.CreateTokenAsync("read")).StatusAsync());
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        tokens: options => options.AddScope("other", "Something else"),
        services: builder => builder.Services.AddAuthorizationBuilder()
            .AddPolicy("own", policy => policy.RequireScope("read"))
            .AddPolicy("named", policy => policy.RequireAuthenticatedUser()),
        map: app =>
        {
            var things = app.MapGroup("/things").RequireScopeByMethod();
            things.MapGet("/", Answers.Who);
            things.MapMethods("/", ["POST", "PUT", "PATCH", "DELETE"], Answers.Who);
            things.Map("/any", Answers.Who);
            things.MapPost("/search", Answers.Who).RequireScope("read");
            things.MapPost("/search-by-attribute", [RequireScope("read")] (HttpContext context) => Answers.Who(context));
            things.MapPost("/search-by-delegate", context => context.Response.WriteAsync(Answers.Who(context))).RequireScope("read");
            app.MapPost("/search-alone", Answers.Who).RequireScope("read").RequireScopeByMethod();

            app.MapGroup("/after-scope").RequireScope("read").RequireScopeByMethod().MapPost("", Answers.Who);
            app.MapGroup("/before-scope").RequireScopeByMethod().RequireScope("read").MapPost("", Answers.Who);
            app.MapGroup("/around-scope").RequireScope("read").MapGroup("").RequireScopeByMethod().MapPost("", Answers.Who);
            app.MapGroup("/inside-scope").RequireScopeByMethod().MapGroup("").RequireScope("read").MapPost("", Answers.Who);
            app.MapGroup("/any-group").AllowAnyToken().RequireScopeByMethod().MapPost("", Answers.Who);
            app.MapGroup("/any-leaf").RequireScopeByMethod().MapPost("", Answers.Who).AllowAnyToken();
            app.MapGroup("/read-policy-group").RequireAuthorization(PersonalAccessTokenPolicies.Read)
                .RequireScopeByMethod().MapPost("", Answers.Who);
            app.MapGroup("/read-policy-group-after").RequireScopeByMethod()
                .RequireAuthorization(PersonalAccessTokenPolicies.Read).MapPost("", Answers.Who);
            app.MapGroup("/own-policy").RequireScopeByMethod().MapPost("", Answers.Who).RequireAuthorization("own");
            app.MapGroup("/scopeless-policy").RequireScopeByMethod().MapPost("", Answers.Who).RequireAuthorization("named");
            app.MapGroup("/default-policy").RequireScopeByMethod().MapPost("", Answers.Who).RequireAuthorization();
            app.MapGroup("/twice").RequireScopeByMethod().MapGroup("").RequireScopeByMethod().MapPost("", Answers.Who);
            app.MapGroup("/other-group").RequireScope("other").RequireScopeByMethod().MapGet("", Answers.Who);
        });

    private sealed class ThingsController : ControllerBase
    {
        [HttpGet("/mvc")]
        public string Get() => Answers.Who(HttpContext);

        [HttpPost("/mvc")]
        public string Post() => Answers.Who(HttpContext);

        [RequireScope("read")]
        [HttpPost("/mvc/search")]
        public string Search() => Answers.Who(HttpContext);
    }
}

using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore.Tests;

/// <summary>An application can ask that each of its endpoints says whether it takes tokens.</summary>
public sealed class ExplicitTokenAccessTests
{
    private const int EndpointOpen = 510;

    public static TheoryData<string, string> Silent => new()
    {
        { "endpoint", "/silent" },
        { "group", "/silent/one" },
        { "policy", "/silent" },
        { "policy that is not there", "/silent" },
        { "controller", nameof(SilentController) },
        { "hub", "/silent" },
        { "fallback policy", "/silent" },
    };

    [Theory]
    [MemberData(nameof(Silent))]
    public async Task One_that_requires_authorization_and_says_nothing_stops_the_start_with_its_name(string kind, string name)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(app => MapSilent(app, kind), kind));

        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        Assert.Contains("RefuseTokens()", fault.Message, StringComparison.Ordinal);
        Assert.Contains("RequireScope(", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Silent))]
    public async Task It_is_not_asked_where_the_application_does_not(string kind, string name)
    {
        await using var app = await TestApp.StartAsync(web => MapSilent(web, kind), services: builder => AddServices(builder, kind));

        Assert.DoesNotContain(app.Logs.GetSnapshot(), record => record.Message.Contains(name, StringComparison.Ordinal) && record.Id.Id == EndpointOpen);
    }

    [Fact]
    public async Task All_of_them_are_named_at_once()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(app =>
        {
            app.MapGet("/first", Answers.Who).RequireAuthorization();
            app.MapGet("/stated", Answers.Who).RequireScope("read");
            app.MapGet("/second", Answers.Who).RequireAuthorization();
        }));

        Assert.Contains("/first", fault.Message, StringComparison.Ordinal);
        Assert.Contains("/second", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/stated", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_way_to_state_it_is_taken_and_those_that_take_tokens_are_logged()
    {
        await using var app = await StartAsync(
            web =>
            {
                web.MapGet("/scope", Answers.Who).RequireScope("read");
                web.MapPost("/both", Answers.Who).RequireScope("read", "write");
                web.MapGet("/any", Answers.Who).AllowAnyToken();
                var group = web.MapGroup("/group").RequireScopeByMethod();
                group.MapMethods("/methods", ["GET", "PUT"], Answers.Who);
                group.Map("/every", Answers.Who);
                group.MapGet("/refused", Answers.Who).RefuseTokens();
                web.MapGet("/policy", Answers.Who).RequireAuthorization("reads");
                web.MapGet("/refuses", Answers.Who).RequireAuthorization().RefuseTokens();
                web.MapGet("/anonymous", Answers.Who);
                web.MapGet("/allowed", Answers.Who).RequireAuthorization().AllowAnonymous();
                web.MapPersonalAccessTokens();
                web.MapControllers();
                web.MapHub<RefusingHub>("/hub");
            },
            services: builder =>
            {
                builder.Services.AddAuthorizationBuilder().AddPolicy("reads", policy => policy.RequireScope("read"));
                builder.Services.AddSignalR();
                OnlyControllers.Add(typeof(RefusingController))(builder);
            });

        Assert.Equal(
            [
                "/group/every takes personal access tokens: * with write.",
                "/group/every takes personal access tokens: GET, HEAD, OPTIONS with read.",
                "HTTP: DELETE /api/auth/access_tokens/self/ takes personal access tokens: DELETE with any token.",
                "HTTP: GET /any takes personal access tokens: GET with any token.",
                "HTTP: GET /api/auth/access_tokens/self/ takes personal access tokens: GET with any token.",
                "HTTP: GET /policy takes personal access tokens: GET with read.",
                "HTTP: GET /scope takes personal access tokens: GET with read.",
                "HTTP: GET, PUT /group/methods takes personal access tokens: GET with read.",
                "HTTP: GET, PUT /group/methods takes personal access tokens: PUT with write.",
                "HTTP: POST /both takes personal access tokens: POST with write.",
            ],
            app.Logs.GetSnapshot()
                .Where(record => record.Id.Id == EndpointOpen && record.Level == LogLevel.Information)
                .Select(record => Regex.Replace(record.Message, " => .+? takes", " takes"))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_hubs_method_can_not_refuse_tokens_by_itself()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(
            app => app.MapHub<HubOfRefusingMethod>("/hub"), services: builder => builder.Services.AddSignalR()));

        Assert.Contains(nameof(HubOfRefusingMethod.Send), fault.Message, StringComparison.Ordinal);
        Assert.Contains("Put it on the hub", fault.Message, StringComparison.Ordinal);
    }

    private static Task<TestApp> StartAsync(
        Action<WebApplication> map, string kind = "", Action<WebApplicationBuilder>? services = null) =>
        TestApp.StartAsync(map, services: builder =>
        {
            AddServices(builder, kind);
            services?.Invoke(builder);
            new PersonalAccessTokenBuilder(builder.Services).RequireExplicitTokenAccess();
        });

    private static void AddServices(WebApplicationBuilder builder, string kind)
    {
        builder.Services.AddSignalR();
        builder.Services.AddAuthorizationBuilder().AddPolicy("own", policy => policy.RequireAuthenticatedUser());
        if (kind == "fallback policy")
        {
            builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(
                new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        }

        if (kind == "controller")
        {
            OnlyControllers.Add(typeof(SilentController))(builder);
        }
    }

    private static void MapSilent(WebApplication app, string kind)
    {
        switch (kind)
        {
            case "endpoint":
                app.MapGet("/silent", Answers.Who).RequireAuthorization();
                break;
            case "group":
                app.MapGroup("/silent").RequireAuthorization().MapGet("/one", Answers.Who);
                break;
            case "policy":
                app.MapGet("/silent", Answers.Who).RequireAuthorization("own");
                break;
            case "policy that is not there":
                app.MapGet("/silent", Answers.Who).RequireAuthorization("missing");
                break;
            case "controller":
                app.MapControllers();
                break;
            case "hub":
                app.MapHub<SilentHub>("/silent");
                break;
            default:
                app.MapGet("/silent", Answers.Who);
                break;
        }
    }

    [Authorize]
    private sealed class SilentHub : Hub;

    [Authorize, RefuseTokens]
    private sealed class RefusingHub : Hub;

    private sealed class HubOfRefusingMethod : Hub
    {
        [RefuseTokens]
        public Task Send() => Clients.All.SendAsync("sent");
    }
}

[ApiController, Authorize, Route("/silent-controller")]
public sealed class SilentController : ControllerBase
{
    [HttpGet]
    public string Get() => User.Identity?.Name ?? "";
}

[ApiController, Authorize, RefuseTokens, Route("/refusing-controller")]
public sealed class RefusingController : ControllerBase
{
    [HttpGet]
    public string Get() => User.Identity?.Name ?? "";
}

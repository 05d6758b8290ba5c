using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore.Tests;

/// <summary>A scope that the application does not know stops its start, wherever it is asked for.</summary>
public sealed class UnknownScopeTests
{
    private const string Unknown = "raed";

    public static TheoryData<string, string> Places => new()
    {
        { "endpoint", "/endpoint" },
        { "policy name", "/policy-name" },
        { "group", "/group" },
        { "controller", nameof(MisspeltController) },
        { "action", nameof(MisspeltActionController) },
        { "hub", "/hub" },
        { "hub method", "/hub" },
        { "policy of a hub method", "/hub" },
        { "policy", "/policy" },
        { "inline policy", "/inline" },
        { "default policy", "default policy" },
        { "fallback policy", "fallback policy" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task The_start_fails_naming_the_place_the_known_scopes_and_the_cure(string place, string name)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(
            tokens: options => options.AddScope("tasks", "Tasks"),
            services: builder => AddServices(builder, place),
            map: app => Map(app, place)));

        // A hub is two endpoints, and a fallback policy is in force for others too.
        var failure = exception.Failures.First(failure => failure.Contains(name, StringComparison.OrdinalIgnoreCase));
        Assert.Contains($"'{Unknown}'", failure, StringComparison.Ordinal);
        Assert.Contains("read, write, tasks", failure, StringComparison.Ordinal);
        Assert.Contains($"AddScope(\"{Unknown}\"", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_of_them_are_told_at_once()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(map: app =>
        {
            Map(app, "endpoint");
            Map(app, "group");
            app.MapGet("/case", Answers.Who).RequireScope("Read");
        }));

        Assert.Equal(3, exception.Failures.Count());
    }

    private static void AddServices(WebApplicationBuilder builder, string place)
    {
        builder.Services.AddSignalR();
        OnlyControllers.Add(place switch
        {
            "controller" => [typeof(MisspeltController)],
            "action" => [typeof(MisspeltActionController)],
            _ => [],
        })(builder);
        builder.Services.AddAuthorization(options =>
        {
            var misspelt = new AuthorizationPolicyBuilder().RequireScope(Unknown).Build();
            switch (place)
            {
                case "policy" or "policy of a hub method":
                    options.AddPolicy("misspelt", misspelt);
                    break;
                case "default policy":
                    options.DefaultPolicy = misspelt;
                    break;
                case "fallback policy":
                    options.FallbackPolicy = misspelt;
                    break;
            }
        });
    }

    private static void Map(WebApplication app, string place)
    {
        _ = place switch
        {
            "endpoint" => app.MapGet("/endpoint", Answers.Who).RequireScope(Unknown),
            "policy name" => app.MapGet("/policy-name", Answers.Who).RequireAuthorization("PersonalAccessToken:" + Unknown),
            "group" => app.MapGroup("/group").RequireScope(Unknown).MapGet("/leaf", Answers.Who),
            "hub" => app.MapHub<MisspeltHub>("/hub"),
            "hub method" => app.MapHub<MisspeltMethodHub>("/hub"),
            "policy of a hub method" => app.MapHub<PolicyMethodHub>("/hub"),
            "policy" => app.MapGet("/policy", Answers.Who).RequireAuthorization("misspelt"),
            "inline policy" => app.MapGet("/inline", Answers.Who).RequireAuthorization(policy => policy.RequireScope(Unknown)),
            _ => (IEndpointConventionBuilder)app.MapControllers(),
        };
    }

    [RequireScope(Unknown)]
    private sealed class MisspeltController : ControllerBase
    {
        [HttpGet("/mvc")]
        public string Get() => Answers.Who(HttpContext);
    }

    private sealed class MisspeltActionController : ControllerBase
    {
        [RequireScope(Unknown)]
        [HttpGet("/mvc")]
        public string Get() => Answers.Who(HttpContext);
    }

    [RequireScope(Unknown)]
    private sealed class MisspeltHub : Hub;

    private sealed class MisspeltMethodHub : Hub
    {
        [RequireScope(Unknown)]
        public string Write() => $"written by {Context.ConnectionId}";
    }

    private sealed class PolicyMethodHub : Hub
    {
        [Authorize("misspelt")]
        public string Write() => $"written by {Context.ConnectionId}";
    }
}

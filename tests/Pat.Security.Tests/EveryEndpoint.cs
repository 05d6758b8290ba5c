using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Security.Tests;

/// <summary>An application with every kind of endpoint, none of them public, and a walk over all it has mapped.</summary>
internal static class EveryEndpoint
{
    private static readonly string[] AllMethods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"];

    public static Task<TestApp> StartAsync() => TestApp.StartAsync(
        tokens: options =>
        {
            options.MaxTokensPerOwner = 1_000;
            options.MaxSecretsPerOwnerPerDay = 1_000;
        },
        services: builder =>
        {
            OnlyControllers.Add(typeof(EveryController))(builder);
            builder.Services.AddSignalR();
            builder.Services.AddHealthChecks();
            builder.Services.AddAuthorizationBuilder()
                .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
                .AddPolicy("own", policy => policy.RequireAuthenticatedUser().RequireScope("write"));
        },
        map: Map);

    /// <summary>Every method and path that the application answers. A path is the route with something put in for its parameters.</summary>
    public static IEnumerable<(string Method, string Path)> Requests(TestApp app) =>
        from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } stated ? stated : AllMethods
        select (method, Fill(endpoint.RoutePattern));

    public static Task<HttpResponseMessage> SendAsync(TestApp app, string method, string path, string? token, string? cookie = null) =>
        app.SendAsync(
            new HttpMethod(method),
            path,
            token,
            cookie,
            method is "GET" or "OPTIONS" ? null : new StringContent("""{"name":"one more","scopes":["write"],"expiresInDays":1}""", null, "application/json"));

    private static string Fill(RoutePattern pattern) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
            part is RoutePatternLiteralPart literal ? literal.Content : new string('0', 22)))));

    private static void Map(WebApplication app)
    {
        app.MapGet("/bare", Answers.Who);
        app.MapPost("/bare", Answers.Who);
        app.MapGet("/page", Answers.Who).RequireAuthorization();
        app.MapGet("/read", Answers.Who).RequireScope("read");
        app.MapPost("/write", Answers.Who).RequireScope("write");
        app.MapPost("/policy", Answers.Who).RequireAuthorization(PersonalAccessTokenPolicies.Write);
        app.MapDelete("/own", Answers.Who).RequireAuthorization("own");
        app.MapPut("/delegate", context => context.Response.WriteAsync("done")).RequireScope("write");
        var group = app.MapGroup("/group").RequireScopeByMethod();
        group.MapGet("/{id}", Answers.Who);
        group.MapPost("/", Answers.Who);
        group.MapDelete("/{id}", Answers.Who);
        group.Map("/any", Answers.Who);
        app.MapPost("/stay", SignInAgainAsync).RequireAuthorization();
        app.MapHealthChecks("/health");
        app.MapHub<EveryHub>("/hub");
        app.MapControllers();
        app.MapPersonalAccessTokens();
        app.MapPersonalAccessTokens("/elsewhere/tokens");
        app.MapGet("/any-token", Answers.Who).AllowAnyToken();
        app.MapFallback(Answers.Who);
    }

    /// <summary>What an application does to keep a session up to date: whoever is seen gets a new cookie.</summary>
    private static Task SignInAgainAsync(HttpContext context) =>
        context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, context.User);

    [RequireScope("write")]
    private sealed class EveryHub : Hub;

    [RequireScope("read")]
    private sealed class EveryController : ControllerBase
    {
        [HttpGet("/mvc/{id}")]
        public string Get(string id) => id + Answers.Who(HttpContext);

        [RequireScope("write")]
        [HttpPatch("/mvc/{id}")]
        public string Patch(string id) => id + Answers.Who(HttpContext);
    }
}

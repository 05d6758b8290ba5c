using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>An application that asks for a sign-in of the last ten minutes, and what it answers to an older one.</summary>
internal static class RecentSignIns
{
    public const string SecondScheme = "Second";

    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static Task<TestApp> StartAsync(
        Action<WebApplicationBuilder>? services = null,
        Action<IServiceCollection>? lateServices = null,
        CookieAuthenticationEvents? events = null) => Management.StartAsync(
        services: builder =>
        {
            Require(builder);
            services?.Invoke(builder);
            builder.Services.AddPersonalAccessTokens();
            lateServices?.Invoke(builder.Services);
            if (events is not null)
            {
                builder.Services.PostConfigureAll<CookieAuthenticationOptions>(options => options.Events = events);
            }
        },
        map: app =>
        {
            app.MapPersonalAccessTokens();
            app.MapGet("/mark", (HttpContext context) => context.User.FindFirst(OwnEvents.Mark)?.Value);
            app.MapGet("/sign-in-too", (HttpContext context, string user) => context.SignInAsync(
                SecondScheme, new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], SecondScheme))));
            app.MapGet("/sign-in-anew", (HttpContext context) => context.SignInAsync(context.User));
            app.MapGet("/refresh", async (HttpContext context) =>
            {
                var session = await context.AuthenticateAsync();
                await context.SignInAsync(session.Principal!, session.Properties);
            });
        });

    public static void Require(WebApplicationBuilder builder) => builder.Services
        .Configure<PersonalAccessTokenManagementOptions>(options => options.RequireRecentSignIn = Limit);

    public static string CookieOf(HttpResponseMessage response) =>
        response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

    public static async Task AssertOldAsync(TestApp app, string cookie)
    {
        using var response = await app.CreateAsync(cookie);
        await AssertOldAsync(response);
    }

    public static async Task AssertOldAsync(HttpResponseMessage response)
    {
        var problem = await response.ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Equal("urn:pat:recent-sign-in-required", problem.Text("type"));
        Assert.Contains("within 10 minutes", problem.Text("detail"), StringComparison.Ordinal);
    }
}

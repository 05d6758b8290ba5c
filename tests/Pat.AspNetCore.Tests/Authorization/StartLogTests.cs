using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pat.AspNetCore.Tests;

/// <summary>What the log says at the start of an application that works, and perhaps not as was meant.</summary>
public sealed class StartLogTests
{
    private const int ScopesSwitchedOffEvent = 511;

    [Fact]
    public async Task Scopes_that_AllowAnonymous_switches_off_are_told_in_one_line()
    {
        await using var app = await TestApp.StartAsync(app =>
        {
            app.MapGet("/one", Answers.Who).RequireScope("read").AllowAnonymous();
            app.MapGet("/two", Answers.Who).RequireScope("write").AllowAnonymous();
            app.MapGet("/three", Answers.Who).RequireScope("read");
        });

        Assert.StartsWith(
            "AllowAnonymous opens to everybody what asks tokens for a scope: HTTP: GET /one => Who; HTTP: GET /two => Who. Take",
            Assert.Single(Lines(app, ScopesSwitchedOffEvent, LogLevel.Warning)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hub")]
    [InlineData("action")]
    public async Task So_are_hubs_and_actions(string kind)
    {
        await using var app = await TestApp.StartAsync(
            app => ScopesSwitchedOff.Map(app, kind), services: builder => ScopesSwitchedOff.AddServices(builder, kind));

        Assert.Contains(
            "AllowAnonymous opens to everybody what asks tokens for a scope: ",
            Assert.Single(Lines(app, ScopesSwitchedOffEvent, LogLevel.Warning)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_opened_out_of_a_group_or_controller_with_a_scope_is_meant_so()
    {
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.MapGroup("/group").RequireScope("read").MapGet("/one", Answers.Who).AllowAnonymous();
                app.MapGroup("/methods").RequireScopeByMethod().MapGet("/one", Answers.Who).AllowAnonymous();
                app.MapControllers().RequireScope("read");
            },
            services: builder =>
            {
                OnlyControllers.Add(typeof(ScopedController))(builder);
                builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireScope("read").Build());
                new PersonalAccessTokenBuilder(builder.Services).RequireExplicitTokenAccess();
            });

        Assert.Empty(Lines(app, ScopesSwitchedOffEvent, LogLevel.Warning));
    }

    private static string[] Lines(TestApp app, int id, LogLevel level) =>
        [.. app.Logs.GetSnapshot().Where(record => record.Id.Id == id && record.Level == level).Select(static record => record.Message)];

    [RequireScope("read")]
    private sealed class ScopedController : ControllerBase
    {
        [AllowAnonymous, HttpGet("/mvc")]
        public string Get() => Answers.Who(HttpContext);
    }
}

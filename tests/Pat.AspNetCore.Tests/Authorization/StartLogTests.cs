using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pat.TestSupport;

namespace Pat.AspNetCore.Tests;

/// <summary>What the log says at the start of an application that works, and perhaps not as was meant.</summary>
public sealed class StartLogTests
{
    private const int ScopesSwitchedOffEvent = 511;
    private const int NobodySignsInEvent = 512;
    private const int NoOwnerSourceEvent = 513;

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
    public async Task One_that_is_opened_out_of_a_group_a_controller_or_a_service_with_a_scope_is_meant_so()
    {
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.MapGroup("/group").RequireScope("read").MapGet("/one", Answers.Who).AllowAnonymous();
                app.MapGroup("/methods").RequireScopeByMethod().MapGet("/one", Answers.Who).AllowAnonymous();
                app.MapControllers().RequireScope("read");
                app.MapPost("/service/method", Answers.Who)
                    .WithMetadata(new GrpcMethodMetadata(), new RequireScopeAttribute("read"), new AllowAnonymousAttribute());
            },
            services: builder =>
            {
                OnlyControllers.Add(typeof(ScopedController))(builder);
                builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireScope("read").Build());
                new PersonalAccessTokenBuilder(builder.Services).RequireExplicitTokenAccess();
            });

        Assert.Empty(Lines(app, ScopesSwitchedOffEvent, LogLevel.Warning));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_nobody_can_sign_in_to_manage_tokens_it_is_told(bool isMapped)
    {
        await using var app = await StartAsync(_ => { }, isMapped);

        var lines = Lines(app, NobodySignsInEvent, LogLevel.Warning);
        if (isMapped)
        {
            Assert.StartsWith("Nobody can sign in here", Assert.Single(lines), StringComparison.Ordinal);
            Assert.Contains("AddCookie()", lines[0], StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(lines);
        }
    }

    [Fact]
    public async Task Where_somebody_can_it_is_not_told()
    {
        await using var cookies = await StartAsync(static authentication => TestHost.AddCookies(authentication), isMapped: true);
        await using var jwts = await StartAsync(Jwts.AsDefault, isMapped: true);

        Assert.Empty(Lines(cookies, NobodySignsInEvent, LogLevel.Warning));
        Assert.Empty(Lines(jwts, NobodySignsInEvent, LogLevel.Warning));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_an_owner_source_it_is_told_what_tokens_do_then(bool hasOwners)
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map, services: builder =>
        {
            if (hasOwners)
            {
                builder.Services.AddSingleton<IPersonalAccessTokenOwnerSource>(TestOwners.AliceAndBob());
            }
        });

        var lines = Lines(app, NoOwnerSourceEvent, LogLevel.Information);
        if (hasOwners)
        {
            Assert.Empty(lines);
        }
        else
        {
            Assert.StartsWith("There is no owner source: tokens work whatever became of their users", Assert.Single(lines), StringComparison.Ordinal);
            Assert.Contains("AddOwnerSource<T>()", lines[0], StringComparison.Ordinal);
        }
    }

    private static Task<TestApp> StartAsync(Action<AuthenticationBuilder> authentication, bool isMapped) => TestApp.StartAsync(
        app =>
        {
            UsualEndpoints.Map(app);
            if (isMapped)
            {
                app.MapPersonalAccessTokens();
            }
        },
        authentication: authentication);

    private static string[] Lines(TestApp app, int id, LogLevel level) =>
        [.. app.Logs.GetSnapshot().Where(record => record.Id.Id == id && record.Level == level).Select(static record => record.Message)];

    [RequireScope("read")]
    private sealed class ScopedController : ControllerBase
    {
        [AllowAnonymous, HttpGet("/mvc")]
        public string Get() => Answers.Who(HttpContext);
    }
}

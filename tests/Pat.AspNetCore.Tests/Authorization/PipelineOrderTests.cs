using System.Net;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pat.EntityFrameworkCore;
using Pat.TestSupport;

namespace Pat.AspNetCore.Tests;

/// <summary>Middlewares in other orders than the documented one, missing ones, and what runs between them.</summary>
public sealed class PipelineOrderTests
{
    [Fact]
    public async Task Authentication_before_routing_still_accepts_tokens_by_the_endpoint_of_the_moment()
    {
        await using var app = await TestApp.StartAsync(
            authentication: authentication =>
                authentication.Services.AddAuthentication(PersonalAccessTokenDefaults.AuthenticationScheme),
            pipeline: app =>
            {
                app.UseAuthentication();
                app.UseRouting();
                app.UseAuthorization();
            },
            map: app =>
            {
                app.MapGet("/scope", Answers.Who).RequireScope("read");
                app.MapGet("/page", Answers.Who).RequireAuthorization();
                app.MapGet("/open", Answers.Who);
            });
        var token = await app.CreateTokenAsync("read");

        Assert.Equal(TestApp.Alice, await app.GetAsync("/scope", token).TextAsync());
        using var closed = await app.GetAsync("/page", token);
        closed.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
        Assert.Equal("nobody", await app.GetAsync("/open", token).TextAsync());
        Assert.Equal(1, app.Store.Lookups);
    }

    [Fact]
    public async Task One_request_asks_the_store_once()
    {
        await using var app = await TestApp.StartAsync(map: app => app.MapGet("/scope", Answers.Who).RequireScope("read").RequireScope("write"));
        var token = await app.CreateTokenAsync("write");
        var lookups = app.Store.Lookups;

        Assert.Equal(HttpStatusCode.OK, await app.GetAsync("/scope", token).StatusAsync());

        Assert.Equal(lookups + 1, app.Store.Lookups);
    }

    [Fact]
    public async Task RequireScope_and_ShortCircuit_fail_closed()
    {
        await using var app = await TestApp.StartAsync(map: app => app.MapGet("/short", Answers.Who).RequireScope("read").ShortCircuit());

        Assert.Equal(HttpStatusCode.InternalServerError, await app.GetAsync("/short", await app.CreateTokenAsync("read")).StatusAsync());
    }

    [Fact]
    public async Task Endpoint_filters_and_groups_see_the_tokens_principal()
    {
        await using var app = await TestApp.StartAsync(map: app => app.MapGroup("/group").RequireScope("read")
            .AddEndpointFilter(async (context, next) => $"{Answers.Who(context.HttpContext)} then {await next(context)}")
            .MapGet("/", Answers.Who));

        Assert.Equal("alice then alice", await app.GetAsync("/group/", await app.CreateTokenAsync("read")).TextAsync());
    }

    [Fact]
    public async Task A_limiter_between_the_two_tells_tokens_apart()
    {
        await using var app = await TestApp.StartAsync(
            services: builder => builder.Services.AddRateLimiter(options => options.GlobalLimiter =
                PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetFixedWindowLimiter(
                    context.User.FindFirstValue(PersonalAccessTokenClaimTypes.TokenId) ?? "none",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = 2, Window = TimeSpan.FromHours(1) }))),
            pipeline: app =>
            {
                app.UseAuthentication();
                app.UseRateLimiter();
                app.UseAuthorization();
            },
            map: app => app.MapGet("/scope", Answers.Who).RequireScope("read"));
        var (first, second) = (await app.CreateTokenAsync("read"), await app.CreateTokenAsync("read"));

        foreach (var token in new[] { first, first, second, second })
        {
            Assert.Equal(HttpStatusCode.OK, await app.GetAsync("/scope", token).StatusAsync());
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.GetAsync("/scope", first).StatusAsync());
    }

    [Fact]
    public async Task Without_UseAuthorization_nobody_gets_in()
    {
        await using var database = TestDatabase.SqliteMemory();
        using var host = await new HostBuilder().ConfigureWebHost(web => web.UseTestServer()
            .ConfigureServices(services =>
            {
                services.AddRouting();
                services.AddPooledDbContextFactory<PersonalAccessTokenDbContext>(database.Configure);
                services.AddAuthentication().AddCookie();
                services.AddPersonalAccessTokens(options => options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Sha256)
                    .AddEntityFrameworkStore<PersonalAccessTokenDbContext>();
            })
            .Configure(app => app.UseRouting().UseAuthentication().UseEndpoints(endpoints =>
            {
                endpoints.MapGet("/scope", Answers.Who).RequireScope("write");
                endpoints.MapGet("/method", Answers.Who).RequireScopeByMethod();
                endpoints.MapGet("/any", Answers.Who).AllowAnyToken();
                endpoints.MapPersonalAccessTokens();
            }))).StartAsync();
        await using (var context = await host.Services
            .GetRequiredService<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync())
        {
            await context.Database.EnsureCreatedAsync();
        }

        using var client = host.GetTestClient();
        foreach (var path in new[] { "/scope", "/method", "/any", "/api/auth/access_tokens/", "/api/auth/access_tokens/self/" })
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync(new Uri(path, UriKind.Relative)));
        }
    }
}

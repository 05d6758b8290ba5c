using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore.Tests;

/// <summary>Policy providers of the application's own.</summary>
public sealed class PolicyProviderTests
{
    [Fact]
    public async Task One_that_passes_unknown_names_on_works()
    {
        await using var app = await StartAsync<PassingProvider>();
        var token = await app.CreateTokenAsync("read");

        Assert.Equal("alice", await app.GetAsync("/read", token).TextAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await app.GetAsync("/write", token).StatusAsync());
        Assert.Equal("alice", await app.GetAsync("/dynamic", token).TextAsync());
    }

    [Fact]
    public async Task One_that_answers_every_name_itself_fails_closed()
    {
        await using var app = await StartAsync<OverrulingProvider>();

        foreach (var path in new[] { "/read", "/write", "/dynamic" })
        {
            using var response = await app.GetAsync(path, await app.CreateTokenAsync("write"));
            response.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
        }

        Assert.Equal(0, app.Store.Lookups);
    }

    private static Task<TestApp> StartAsync<TProvider>()
        where TProvider : class, IAuthorizationPolicyProvider => TestApp.StartAsync(
            services: builder => builder.Services.AddSingleton<IAuthorizationPolicyProvider, TProvider>(),
            map: app =>
            {
                app.MapGet("/read", Answers.Who).RequireScope("read");
                app.MapGet("/write", Answers.Who).RequireScope("write");
                app.MapGet("/dynamic", Answers.Who).RequireAuthorization("dynamic");
            });

    private sealed class PassingProvider(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
    {
        public override Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) => policyName == "dynamic"
            ? Task.FromResult<AuthorizationPolicy?>(new AuthorizationPolicyBuilder().RequireScope("read").Build())
            : base.GetPolicyAsync(policyName);
    }

    private sealed class OverrulingProvider(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
    {
        public override Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
            Task.FromResult<AuthorizationPolicy?>(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}

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

    [Fact]
    public async Task One_whose_policies_may_not_be_kept_is_asked_once_a_request_beside_the_middleware()
    {
        await using var app = await StartAsync<ChangingProvider>();
        var provider = (ChangingProvider)app.Services.GetRequiredService<IAuthorizationPolicyProvider>();
        var token = await app.CreateTokenAsync("read");

        foreach (var (credential, status) in new[] { (token, HttpStatusCode.OK), ("pat_garbage", HttpStatusCode.Unauthorized) })
        {
            var before = provider.Asked;
            Assert.Equal(status, await app.GetAsync("/dynamic", credential).StatusAsync());
            Assert.Equal(2, provider.Asked - before);
        }

        provider.Scope = "write";
        Assert.Equal(HttpStatusCode.Forbidden, await app.GetAsync("/dynamic", token).StatusAsync());
        provider.Scope = null;
        using var closed = await app.GetAsync("/dynamic", token);
        closed.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
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

    /// <summary>Has a policy that can be another at each request.</summary>
    private sealed class ChangingProvider(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
    {
        public override bool AllowsCachingPolicies => false;

        public int Asked { get; private set; }

        /// <summary>What it asks of tokens, or null where it takes none.</summary>
        public string? Scope { get; set; } = "read";

        public override Task<AuthorizationPolicy?> GetPolicyAsync(string policyName)
        {
            if (policyName != "dynamic")
            {
                return base.GetPolicyAsync(policyName);
            }

            Asked++;
            var policy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser();
            return Task.FromResult<AuthorizationPolicy?>((Scope is null ? policy : policy.RequireScope(Scope)).Build());
        }
    }
}

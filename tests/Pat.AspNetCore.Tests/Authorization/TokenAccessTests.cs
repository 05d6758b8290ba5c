using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.Tests;

/// <summary>Which policy is in force for an endpoint, and how often that is asked.</summary>
public sealed class TokenAccessTests
{
    private const string Scheme = "tokens";

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task A_policy_is_asked_for_once_or_once_a_request_where_its_provider_allows_no_more(bool allowsCaching, int asked)
    {
        var policies = new CountingProvider(allowsCaching);
        var access = new TokenAccess(policies, Names());
        var first = At(new AuthorizeAttribute("read"));
        Assert.False(access.IsKnownToBeOpen(first, Scheme));
        Assert.Null(access.FindKnown(first));

        var second = At(first.GetEndpoint()!);
        foreach (var context in new[] { first, second })
        {
            Assert.Equal(allowsCaching && context == second, access.IsKnownToBeOpen(context, Scheme));
            for (var i = 0; i < 3; i++)
            {
                Assert.True(await access.IsOpenAsync(context, Scheme));
                Assert.True(access.IsKnownToBeOpen(context, Scheme));
            }
        }

        Assert.Equal(asked, policies.Asked);
    }

    [Fact]
    public async Task What_is_kept_for_a_request_is_of_its_endpoint_alone()
    {
        var policies = new CountingProvider(allowsCaching: false) { Fallback = Policy("read") };
        var access = new TokenAccess(policies, Names());
        var context = At(new AuthorizeAttribute("read"));
        Assert.True(await access.IsOpenAsync(context, Scheme));

        context.SetEndpoint(At(new AuthorizeAttribute("read"), new AllowAnonymousAttribute()).GetEndpoint());
        Assert.Null(access.FindKnown(context));
        Assert.False(await access.IsOpenAsync(context, Scheme));
        Assert.NotNull(access.FindKnown(context));

        context.SetEndpoint(null);
        Assert.Null(access.FindKnown(context));
        Assert.True(await access.IsOpenAsync(context, Scheme));
        Assert.True(access.IsKnownToBeOpen(context, Scheme));
    }

    [Fact]
    public async Task Nothing_is_kept_for_a_request_where_the_endpoint_is_remembered()
    {
        var access = new TokenAccess(new CountingProvider(allowsCaching: true), Names());
        var context = At(new AuthorizeAttribute("read"));
        Assert.True(await access.IsOpenAsync(context, Scheme));

        Assert.Null(context.Features.Get<EndpointAccess>());
    }

    [Fact]
    public async Task What_is_known_to_be_open_is_open_to_no_other_scheme()
    {
        var access = new TokenAccess(new CountingProvider(allowsCaching: true), Names());
        var context = At(new AuthorizeAttribute("read"));

        Assert.False(await access.IsOpenAsync(context, "another"));
        Assert.False(access.IsKnownToBeOpen(context, "another"));
        Assert.True(access.IsKnownToBeOpen(context, Scheme));
    }

    [Fact]
    public async Task Without_an_endpoint_the_fallback_policy_counts_and_nothing_is_remembered()
    {
        var access = new TokenAccess(new CountingProvider(allowsCaching: true) { Fallback = Policy("read") }, Names());
        var context = new DefaultHttpContext();

        Assert.True(await access.IsOpenAsync(context, Scheme));
        Assert.False(access.IsKnownToBeOpen(context, Scheme));
        Assert.False(await new TokenAccess(new CountingProvider(allowsCaching: true), Names()).IsOpenAsync(context, Scheme));
    }

    [Fact]
    public async Task A_requirement_that_an_endpoint_states_itself_counts_alone()
    {
        var access = new TokenAccess(new CountingProvider(allowsCaching: true), Names());

        Assert.Equal(["tasks"], await access.FindMissingScopesAsync(At(new Stated("tasks")), []));
        Assert.True(await access.IsOpenAsync(At(new Stated("tasks")), Scheme));
    }

    [Fact]
    public async Task A_requirement_that_an_endpoint_states_itself_counts_beside_its_policy()
    {
        var access = new TokenAccess(new CountingProvider(allowsCaching: true), Names());

        Assert.Equal(
            ["read", "tasks"], (await access.FindMissingScopesAsync(At(new AuthorizeAttribute("read"), new Stated("tasks")), [])).Order());
    }

    [Theory]
    [InlineData("", "read tasks")]
    [InlineData("read", "tasks")]
    [InlineData("tasks other", "read")]
    [InlineData("read tasks", "")]
    public async Task Missing_are_the_needed_scopes_that_are_not_held_each_once(string held, string missing)
    {
        var access = new TokenAccess(new CountingProvider(allowsCaching: true), Names());
        var context = At(new AuthorizeAttribute("read"), new Stated("tasks"), new Stated("read"));

        Assert.Equal(Split(missing), (await access.FindMissingScopesAsync(context, Split(held))).Order());
    }

    [Fact]
    public async Task The_schemes_that_an_endpoint_names_beside_that_of_scopes_are_told_of()
    {
        var access = new TokenAccess(new CountingProvider(allowsCaching: true), Names());

        Assert.False(await access.NamesOtherSchemesAsync(At(new AuthorizeAttribute("read"))));
        Assert.True(await access.NamesOtherSchemesAsync(At(new AuthorizeAttribute("read") { AuthenticationSchemes = "Cookies" })));
    }

    private static string[] Split(string scopes) => scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static DefaultHttpContext At(params object[] metadata) =>
        At(new Endpoint(null, new EndpointMetadataCollection(metadata), "an endpoint"));

    private static DefaultHttpContext At(Endpoint endpoint)
    {
        var context = new DefaultHttpContext();
        context.SetEndpoint(endpoint);
        return context;
    }

    private static TokenSchemeNames Names()
    {
        var names = new TokenSchemeNames();
        names.TryAdd(Scheme);
        return names;
    }

    private static AuthorizationPolicy Policy(string scope) => new AuthorizationPolicyBuilder().RequireScope(scope).Build();

    /// <summary>Asks for a scope without naming a policy.</summary>
    private sealed class Stated(string scope) : IAuthorizationRequirementData
    {
        public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new ScopeRequirement(scope)];
    }

    /// <summary>Has a policy of each scope, by its name.</summary>
    private sealed class CountingProvider(bool allowsCaching) : IAuthorizationPolicyProvider
    {
        public int Asked { get; private set; }

        public AuthorizationPolicy? Fallback { get; init; }

        public bool AllowsCachingPolicies => allowsCaching;

        public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName)
        {
            Asked++;
            return Task.FromResult<AuthorizationPolicy?>(Policy(policyName));
        }

        public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => Task.FromResult(Policy("read"));

        public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => Task.FromResult(Fallback);
    }
}

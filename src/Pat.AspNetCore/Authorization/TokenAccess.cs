using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>
/// Says what the authorization policy in force for a request's endpoint means for tokens. It is the policy that the
/// middleware will enforce: the endpoint's own, named, default or fallback one.
/// </summary>
internal sealed class TokenAccess(IAuthorizationPolicyProvider policies, TokenSchemeNames names)
{
    private readonly ConditionalWeakTable<Endpoint, EndpointAccess> _known = [];

    /// <summary>
    /// Whether the endpoint takes the tokens of <paramref name="scheme"/>: where it names schemes for tokens itself, it
    /// takes theirs and no others.
    /// </summary>
    public async ValueTask<bool> IsOpenAsync(HttpContext context, string scheme) =>
        FindSchemes(await FindAsync(context.GetEndpoint())).Contains(scheme);

    /// <summary>The schemes whose tokens an endpoint takes: none where it is closed, all where it names none of them itself.</summary>
    public IEnumerable<string> FindSchemes(EndpointAccess access) =>
        !access.IsOpen ? []
        : access.NamedSchemes.Any(names.Contains) ? names.All.Where(access.NamedSchemes.Contains)
        : names.All;

    /// <summary>Whether the endpoint names authentication schemes itself beside what its scopes name.</summary>
    public async ValueTask<bool> NamesOtherSchemesAsync(HttpContext context) =>
        (await FindAsync(context.GetEndpoint())).NamedSchemes.Count > 0;

    /// <summary>The scopes that this request needs and <paramref name="held"/> lack.</summary>
    public async ValueTask<IReadOnlyList<string>> FindMissingScopesAsync(HttpContext context, IReadOnlyList<string> held)
    {
        var access = await FindAsync(context.GetEndpoint());
        return [.. access.Requirements
            .Select(requirement => requirement.ScopeFor(context.Request.Method))
            .OfType<string>()
            .Distinct()
            .Except(held)];
    }

    /// <summary>What the policy in force for <paramref name="endpoint"/>, or without one the fallback policy, means for tokens.</summary>
    /// <exception cref="InvalidOperationException">The endpoint names a policy that is not registered.</exception>
    public async ValueTask<EndpointAccess> FindAsync(Endpoint? endpoint)
    {
        if (endpoint is not null && _known.TryGetValue(endpoint, out var known))
        {
            return known;
        }

        var access = new EndpointAccess(endpoint, await CombineAsync(endpoint));
        if (endpoint is not null && policies.AllowsCachingPolicies)
        {
            _known.AddOrUpdate(endpoint, access);
        }

        return access;
    }

    private async Task<AuthorizationPolicy?> CombineAsync(Endpoint? endpoint)
    {
        var metadata = endpoint?.Metadata ?? EndpointMetadataCollection.Empty;
        var policy = await AuthorizationPolicy.CombineAsync(
            policies, metadata.GetOrderedMetadata<IAuthorizeData>(), metadata.GetOrderedMetadata<AuthorizationPolicy>());
        var stated = metadata.GetOrderedMetadata<IAuthorizationRequirementData>();
        if (stated.Count == 0)
        {
            return policy;
        }

        var builder = new AuthorizationPolicyBuilder();
        foreach (var requirement in stated.SelectMany(item => item.GetRequirements()))
        {
            builder.AddRequirements(requirement);
        }

        return policy is null ? builder.Build() : AuthorizationPolicy.Combine(policy, builder.Build());
    }
}

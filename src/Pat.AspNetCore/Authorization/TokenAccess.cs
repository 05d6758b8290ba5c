using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>
/// Says what the authorization policy in force for a request's endpoint means for tokens. It is the policy that the
/// middleware will enforce: the endpoint's own, named, default or fallback one. What was found is remembered with the endpoint,
/// or where the provider of policies does not allow that, kept for the request.
/// </summary>
internal sealed class TokenAccess(IAuthorizationPolicyProvider policies, TokenSchemeNames names)
{
    private readonly ConditionalWeakTable<Endpoint, EndpointAccess> _known = [];

    /// <summary>Whether the endpoint takes the tokens of <paramref name="scheme"/>.</summary>
    public async ValueTask<bool> IsOpenAsync(HttpContext context, string scheme) =>
        (await FindAsync(context)).OpenTo.Contains(scheme);

    /// <summary>
    /// Whether that is known already, without waiting: so it is for all requests of an endpoint but the first, or for all
    /// but a request's first question.
    /// </summary>
    public bool IsKnownToBeOpen(HttpContext context, string scheme) => FindKnown(context)?.OpenTo.Contains(scheme) == true;

    /// <summary>What is known already about the request's endpoint, or null.</summary>
    public EndpointAccess? FindKnown(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is not null && _known.TryGetValue(endpoint, out var access))
        {
            return access;
        }

        // The endpoint can change during a request.
        return !policies.AllowsCachingPolicies && context.Features.Get<EndpointAccess>() is { } kept && kept.Endpoint == endpoint
            ? kept
            : null;
    }

    /// <summary>Whether the endpoint names authentication schemes itself beside what its scopes name.</summary>
    public async ValueTask<bool> NamesOtherSchemesAsync(HttpContext context) =>
        (await FindAsync(context)).NamedSchemes.Count > 0;

    /// <summary>The scopes that this request needs and <paramref name="held"/> lack.</summary>
    public async ValueTask<IReadOnlyList<string>> FindMissingScopesAsync(HttpContext context, IReadOnlyList<string> held)
    {
        var access = await FindAsync(context);
        return [.. access.Requirements
            .Select(requirement => requirement.ScopeFor(context.Request))
            .OfType<string>()
            .Distinct()
            .Except(held)];
    }

    /// <summary>What the policy in force for <paramref name="endpoint"/>, or without one the fallback policy, means for tokens.</summary>
    /// <exception cref="InvalidOperationException">The endpoint names a policy that is not registered.</exception>
    public ValueTask<EndpointAccess> FindAsync(Endpoint? endpoint) =>
        endpoint is not null && _known.TryGetValue(endpoint, out var known) ? new(known) : new(JudgeAsync(endpoint));

    private ValueTask<EndpointAccess> FindAsync(HttpContext context) =>
        FindKnown(context) is { } known ? new(known) : new(JudgeAsync(context));

    private async Task<EndpointAccess> JudgeAsync(HttpContext context)
    {
        var access = await JudgeAsync(context.GetEndpoint());
        if (!policies.AllowsCachingPolicies)
        {
            context.Features.Set(access);
        }

        return access;
    }

    private async Task<EndpointAccess> JudgeAsync(Endpoint? endpoint)
    {
        var access = new EndpointAccess(endpoint, await CombineAsync(endpoint), names);
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

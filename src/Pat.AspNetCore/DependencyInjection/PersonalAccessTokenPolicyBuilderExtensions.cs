using Pat.AspNetCore;

namespace Microsoft.AspNetCore.Authorization;

/// <summary>States in an application's own policies what they ask of personal access tokens.</summary>
public static class PersonalAccessTokenPolicyBuilderExtensions
{
    /// <summary>Asks tokens for all of <paramref name="scopes"/>, and opens the endpoints under the policy to such tokens.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="scopes">At least one. One that the application does not know stops its start.</param>
    /// <returns>The same.</returns>
    public static AuthorizationPolicyBuilder RequireScope(this AuthorizationPolicyBuilder policy, params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Length == 0)
        {
            throw new ArgumentException("Name at least one scope, or call AllowAnyToken().", nameof(scopes));
        }

        foreach (var scope in scopes)
        {
            ArgumentException.ThrowIfNullOrEmpty(scope);
            TokenPolicies.Open(policy, new ScopeRequirement(scope));
        }

        return policy;
    }

    /// <summary>Opens the endpoints under the policy to every usable token, whatever its scopes.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>The same.</returns>
    public static AuthorizationPolicyBuilder AllowAnyToken(this AuthorizationPolicyBuilder policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return TokenPolicies.Open(policy, new AnyTokenRequirement());
    }
}

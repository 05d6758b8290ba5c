using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>Registers the policies that the attributes and conventions name: one for each scope, and those for whole kinds of caller.</summary>
internal sealed class TokenPolicies(PersonalAccessTokenScopes scopes) : IConfigureOptions<AuthorizationOptions>
{
    public void Configure(AuthorizationOptions options)
    {
        foreach (var scope in scopes.Names)
        {
            options.AddPolicy(PersonalAccessTokenPolicies.For(scope), policy => policy.RequireScope(scope));
        }

        options.AddPolicy(PersonalAccessTokenPolicies.ScopeByMethod, policy => Open(policy, new ScopeByMethodRequirement()));
        options.AddPolicy(PersonalAccessTokenPolicies.AnyToken, policy => Open(policy, new AnyTokenRequirement()));
        options.AddPolicy(PersonalAccessTokenPolicies.TokenOnly, policy => Open(policy, new TokenOnlyRequirement()));
        options.AddPolicy(
            PersonalAccessTokenPolicies.SessionOnly,
            policy => policy.RequireAuthenticatedUser().AddRequirements(new SessionOnlyRequirement()));
    }

    /// <summary>Asks for a requirement that tokens can meet, and lets them be authenticated.</summary>
    public static AuthorizationPolicyBuilder Open(AuthorizationPolicyBuilder policy, TokenRequirement requirement)
    {
        if (!policy.AuthenticationSchemes.Contains(PersonalAccessTokenDefaults.SelectorScheme))
        {
            policy.AddAuthenticationSchemes(PersonalAccessTokenDefaults.SelectorScheme);
        }

        return policy.RequireAuthenticatedUser().AddRequirements(requirement);
    }
}

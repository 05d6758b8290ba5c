using System.Collections.Frozen;
using System.Security.Claims;

namespace Pat.AspNetCore;

/// <summary>Makes the principal of an accepted token: a new one for each request, sharing nothing that a request could change.</summary>
internal static class TokenPrincipal
{
    /// <summary>
    /// What an owner's claims must not say about a token: who it is, what it may do, and how a session came to be. In any
    /// case, since principals find claims by type without regard to it.
    /// </summary>
    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        [
            ClaimTypes.NameIdentifier,
            PersonalAccessTokenClaimTypes.Scope,
            "scp",
            PersonalAccessTokenClaimTypes.TokenId,
            PersonalAccessTokenClaimTypes.AuthenticationMethod,
            "auth_time",
            "sid",
            PersonalAccessTokenAuthenticationOptions.DefaultSecurityStampClaimType,
        ],
        StringComparer.OrdinalIgnoreCase);

    public static ClaimsPrincipal Create(
        PersonalAccessToken token,
        PersonalAccessTokenOwner? owner,
        IReadOnlyList<string> scopes,
        string scheme,
        PersonalAccessTokenAuthenticationOptions options)
    {
        var identity = new ClaimsIdentity(scheme, options.NameClaimType, options.RoleClaimType);
        identity.AddClaim(new Claim(options.OwnerIdClaimType, token.OwnerId));
        identity.AddClaim(new Claim(PersonalAccessTokenClaimTypes.TokenId, PersonalAccessTokenFormat.FormatId(token.Id)));
        identity.AddClaim(new Claim(
            PersonalAccessTokenClaimTypes.AuthenticationMethod, PersonalAccessTokenClaimTypes.TokenMethod));
        foreach (var scope in scopes)
        {
            identity.AddClaim(new Claim(PersonalAccessTokenClaimTypes.Scope, scope));
        }

        foreach (var claim in owner?.Claims ?? [])
        {
            if (!Reserved.Contains(claim.Type)
                && !string.Equals(claim.Type, options.OwnerIdClaimType, StringComparison.OrdinalIgnoreCase)
                && !string.Equals(claim.Type, options.SecurityStampClaimType, StringComparison.OrdinalIgnoreCase))
            {
                // Cloned, since a claim's properties can be written to.
                identity.AddClaim(claim.Clone(identity));
            }
        }

        return new ClaimsPrincipal(identity);
    }
}

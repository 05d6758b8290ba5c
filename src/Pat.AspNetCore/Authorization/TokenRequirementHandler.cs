using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>
/// Judges what an endpoint asks of tokens. Which kind of request it is follows from what the request carries; only where
/// that can't be asked (long polling, checks without the HttpContext) from the principal's claims.
/// </summary>
internal sealed class TokenRequirementHandler(
    TokenSchemeNames names, IOptionsMonitor<PersonalAccessTokenAuthenticationOptions> options)
    : AuthorizationHandler<TokenRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, TokenRequirement requirement)
    {
        if (Accepts(context.User, context.FindRequest(), requirement))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private bool Accepts(ClaimsPrincipal user, HttpContext? http, TokenRequirement requirement)
    {
        var request = http?.Request;
        if (http is not null && TokenFeature.Of(http) is { } feature)
        {
            return feature is { Outcome: TokenOutcome.Accepted, State: { } token }
                && requirement.OpensEndpoint
                && (IsOnly(user, token) || IsAllOf(user, PersonalAccessTokenFormat.FormatId(token.Id)))
                && Holds(token.Scopes, requirement.ScopeFor(request));
        }

        if (names.IsTokens(user))
        {
            return requirement.OpensEndpoint
                && user.FindFirst(PersonalAccessTokenClaimTypes.TokenId)?.Value is { } id
                && IsAllOf(user, id)
                && Holds(ScopesOf(user, id), requirement.ScopeFor(request));
        }

        // Who is limited to scopes does not get to where tokens with any scopes are made.
        return requirement.AcceptsSessions
            && user.Identities.Any(identity => identity.IsAuthenticated)
            && (options.Get(names.Primary).LimitOthers?.Invoke(user) is not { } limited
                || (requirement.OpensEndpoint && Holds(limited, requirement.ScopeFor(request))));
    }

    private static bool Holds(string[] held, string? needed) => needed is null || held.Contains(needed);

    private static bool Holds(IEnumerable<string> held, string? needed) =>
        needed is null || held.Contains(needed, StringComparer.Ordinal);

    /// <summary>What the token's own identities hold: one that a claims transformation put beside them gives it nothing.</summary>
    private static IEnumerable<string> ScopesOf(ClaimsPrincipal user, string tokenId) => user.Identities
        .Where(identity => identity.HasClaim(PersonalAccessTokenClaimTypes.TokenId, tokenId))
        .SelectMany(identity => identity.FindAll(PersonalAccessTokenClaimTypes.Scope))
        .Select(claim => claim.Value);

    /// <summary>Whether the token's identity, as its handler made it, is the only one: what nearly every request has.</summary>
    private static bool IsOnly(ClaimsPrincipal user, TokenState token) =>
        user.Identities is IReadOnlyList<ClaimsIdentity> { Count: 1 } identities
        && identities[0] is TokenIdentity identity
        && identity.IsOf(token);

    /// <summary>Whether every accepted identity is the token's: another credential beside a token must not widen it.</summary>
    private static bool IsAllOf(ClaimsPrincipal user, string tokenId)
    {
        var isAny = false;
        foreach (var identity in user.Identities)
        {
            if (!identity.IsAuthenticated)
            {
                continue;
            }

            isAny = true;
            if (!identity.HasClaim(PersonalAccessTokenClaimTypes.TokenId, tokenId))
            {
                return false;
            }
        }

        return isAny;
    }
}

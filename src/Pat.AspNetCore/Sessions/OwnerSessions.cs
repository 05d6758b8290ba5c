using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>
/// Judges the sessions of those who manage tokens. A cookie is good until it ends by itself; what it makes is not, so the
/// owner is asked for at each request.
/// </summary>
internal sealed class OwnerSessions(
    TokenSchemeNames schemes,
    TimeProvider timeProvider,
    IOptions<PersonalAccessTokenManagementOptions> options,
    IOptionsMonitor<PersonalAccessTokenAuthenticationOptions> schemeOptions,
    OwnerLookup owners,
    ILogger<OwnerSessions> logger)
{
    /// <summary>How far the clock of whoever stated the time of a sign-in may be ahead of this one.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    private PersonalAccessTokenAuthenticationOptions Scheme => schemeOptions.Get(schemes.Primary);

    /// <summary>Who the signed-in user is as an owner of tokens, and whether the session may manage them now.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">The owner can't be asked for now.</exception>
    public async Task<OwnerSession> FindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        // It stops the start, but Kestrel answers before that, and what is mapped after the start is not looked at.
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return new(OwnerSessionState.Unguarded);
        }

        if (OwnerIdOf(context.User) is not { } id || !RequestRules.IsOwnerId(id))
        {
            Log.NoOwnerId(logger, Scheme.OwnerIdClaimType);
            return new(OwnerSessionState.NoOwnerId);
        }

        if (!owners.HasSource)
        {
            return new(OwnerSessionState.Current, new SessionOwner(id, null));
        }

        return await owners.FindAsync(id, cancellationToken) switch
        {
            null => new(OwnerSessionState.Ended),
            { SecurityStamp: { } stamp } when HasOtherStamp(context.User, stamp) => new(OwnerSessionState.Ended),
            { IsActive: false } => new(OwnerSessionState.OwnerDisabled),
            var owner => new(OwnerSessionState.Current, new SessionOwner(id, owner.SecurityStamp)),
        };
    }

    /// <summary>
    /// Whether <see cref="PersonalAccessTokenManagementOptions.RequireRecentSignIn"/> is off, or the sign-in behind this
    /// session is no older than it.
    /// </summary>
    public bool IsRecent(HttpContext context)
    {
        if (options.Value.RequireRecentSignIn is not { } oldest)
        {
            return true;
        }

        // Sign-ins are noted in whole seconds.
        var now = DateTimeOffset.FromUnixTimeSeconds(timeProvider.GetUtcNow().ToUnixTimeSeconds());
        var age = now - FindSignIn(context);
        return age >= -ClockTolerance && age <= oldest;
    }

    /// <summary>The user's id as an owner of tokens, whatever the state of the session, or null where there is none.</summary>
    public string? OwnerIdOf(ClaimsPrincipal user) => user.FindFirst(Scheme.OwnerIdClaimType)?.Value;

    private bool HasOtherStamp(ClaimsPrincipal user, string stamp) =>
        user.FindFirst(Scheme.SecurityStampClaimType) is { } claim && claim.Value != stamp;

    private DateTimeOffset? FindSignIn(HttpContext context) =>
        SignInTime.Of(context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties)
        ?? FindNoted(context)
        ?? SignInTime.Of(context.User);

    /// <summary>
    /// An authorization policy that names schemes leaves only a principal of what they found. The cookie's own properties
    /// were seen when it was read.
    /// </summary>
    private DateTimeOffset? FindNoted(HttpContext context) =>
        OwnerIdOf(context.User) is { } id
            ? context.Features.Get<SignInNotes>()?.Find(principal => OwnerIdOf(principal) == id)
            : null;
}

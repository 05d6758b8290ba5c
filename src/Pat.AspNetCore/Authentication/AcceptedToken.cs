using System.Collections.Frozen;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Pat.AspNetCore;

/// <summary>
/// An accepted token as its scheme shows it. It is made once for each state of the token and shared by requests; each of
/// them gets a principal and properties of its own, which share nothing that a request could change.
/// </summary>
internal sealed class AcceptedToken : TokenFeature
{
    /// <summary>The key under which <see cref="AuthenticationProperties.ExpiresUtc"/> is kept, and its format.</summary>
    private const string ExpiresKey = ".expires";
    private const string ExpiresFormat = "r";

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

    private readonly PersonalAccessTokenAuthenticationOptions _options;
    private readonly string _tokenId;
    private readonly Claim[] _ownerClaims;
    private readonly string? _expires;

    private AcceptedToken(TokenState state, PersonalAccessTokenAuthenticationOptions options)
    {
        State = state;
        _options = options;
        _tokenId = PersonalAccessTokenFormat.FormatId(state.Id);
        _ownerClaims = state.Owner is { Claims.Count: > 0 } owner ? [.. owner.Claims.Where(IsShown)] : [];
        _expires = state.ExpiresAt?.ToString(ExpiresFormat, CultureInfo.InvariantCulture);
    }

    private new TokenState State
    {
        get => base.State!;
        init => base.State = value;
    }

    /// <summary>The token of <paramref name="verdict"/>, which accepts it.</summary>
    public static AcceptedToken Of(in TokenVerdict verdict, string scheme, PersonalAccessTokenAuthenticationOptions options)
    {
        var state = verdict.State!;
        ref var prepared = ref verdict.IsPreviousSecret ? ref state.PreparedForPrevious : ref state.Prepared;
        if (prepared is AcceptedToken known && ReferenceEquals(known._options, options))
        {
            return known;
        }

        var accepted = new AcceptedToken(state, options)
        {
            Outcome = TokenOutcome.Accepted,
            Scheme = scheme,
            IsPreviousSecret = verdict.IsPreviousSecret,
        };
        prepared = accepted;
        return accepted;
    }

    /// <summary>A principal for one request.</summary>
    public ClaimsPrincipal CreatePrincipal() => new(new TokenIdentity(State, _tokenId, _ownerClaims, Scheme, _options));

    /// <summary>Properties for one request.</summary>
    public AuthenticationProperties CreateProperties() => new(
        new LazyItems<string?>(_expires is null ? null : ExpiresKey, _expires), new LazyItems<object?>(null, null));

    private bool IsShown(Claim claim) =>
        !Reserved.Contains(claim.Type)
        && !string.Equals(claim.Type, _options.OwnerIdClaimType, StringComparison.OrdinalIgnoreCase)
        && !string.Equals(claim.Type, _options.SecurityStampClaimType, StringComparison.OrdinalIgnoreCase);
}

using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Pat.AspNetCore;

/// <summary>
/// How an authentication scheme answers requests with personal access tokens. What tokens are, how long they last and
/// what an owner may have is in <see cref="PersonalAccessTokenOptions"/>.
/// </summary>
public sealed class PersonalAccessTokenAuthenticationOptions : AuthenticationSchemeOptions
{
    internal const string DefaultSecurityStampClaimType = "AspNet.Identity.SecurityStamp";

    /// <summary>Options with their defaults.</summary>
    public PersonalAccessTokenAuthenticationOptions()
    {
        Events = new PersonalAccessTokenEvents();
    }

    /// <summary>Where the application takes part in authentication. Set it, or <see cref="AuthenticationSchemeOptions.EventsType"/>.</summary>
    public new PersonalAccessTokenEvents? Events
    {
        get => (PersonalAccessTokenEvents?)base.Events;
        set => base.Events = value;
    }

    /// <summary>
    /// The prefixes of the tokens that this scheme takes, each among <see cref="PersonalAccessTokenOptions.TokenPrefix"/>
    /// and <see cref="PersonalAccessTokenOptions.AcceptedPrefixes"/>. Default: none named, which means all that no other
    /// scheme names.
    /// </summary>
    public IList<string> TokenPrefixes { get; } = [];

    /// <summary>The realm in challenges (RFC 6750, section 3): printable ASCII. Default: null, none is sent.</summary>
    public string? Realm { get; set; }

    /// <summary>
    /// Whether a refused caller who does hold the token's secret is told why (expired, revoked, inactive). Others never
    /// are. Default: false.
    /// </summary>
    public bool IncludeErrorDetails { get; set; }

    /// <summary>
    /// Whether the application's default schemes hand requests that carry one of this scheme's tokens over to it, so that
    /// no cookie is read or renewed beside a token. Default: true.
    /// </summary>
    public bool ForwardTokens { get; set; } = true;

    /// <summary>
    /// The scopes of a principal that is no token's, or null where scopes do not limit it. Use it where JWTs carry scopes
    /// of their own that endpoints should respect. Who is limited can't manage tokens. Where there are several
    /// schemes for tokens, the first one's counts, and one that is set on another alone stops the start. Default: null, scopes
    /// limit tokens alone.
    /// </summary>
    public Func<ClaimsPrincipal, IReadOnlyCollection<string>?>? LimitOthers { get; set; }

    /// <summary>The claim that holds a user's id, in sessions and in tokens' principals. Default: <see cref="ClaimTypes.NameIdentifier"/>.</summary>
    public string OwnerIdClaimType { get; set; } = ClaimTypes.NameIdentifier;

    /// <summary>
    /// The claim by which a session keeps the user's security stamp as it was at the sign-in. A session whose stamp is not
    /// the owner's present one manages no tokens; one without the claim can't be compared. Default: the claim of ASP.NET
    /// Core Identity, <c>AspNet.Identity.SecurityStamp</c>.
    /// </summary>
    public string SecurityStampClaimType { get; set; } = DefaultSecurityStampClaimType;

    /// <summary>The claim that a token's principal is named by. Default: <see cref="ClaimTypes.Name"/>.</summary>
    public string NameClaimType { get; set; } = ClaimTypes.Name;

    /// <summary>The claims that are a token's principal's roles. Default: <see cref="ClaimTypes.Role"/>.</summary>
    public string RoleClaimType { get; set; } = ClaimTypes.Role;

    /// <summary>The challenges that say no more than what became of a token, written once.</summary>
    internal ConcurrentDictionary<TokenOutcome, string> Challenges { get; } = new();
}

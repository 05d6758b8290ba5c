using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>A token that was refused or could not be judged. Setting a result overrules that.</summary>
/// <param name="context">The request.</param>
/// <param name="scheme">The scheme that refused it.</param>
/// <param name="options">Its options.</param>
public sealed class PersonalAccessTokenFailedContext(
    HttpContext context, AuthenticationScheme scheme, PersonalAccessTokenAuthenticationOptions options)
    : ResultContext<PersonalAccessTokenAuthenticationOptions>(context, scheme, options)
{
    /// <summary>The id that the presented value names, or null where it is malformed. It may be made up.</summary>
    public Guid? TokenId { get; init; }

    /// <summary>Why it was refused; <see cref="PersonalAccessTokenRefusal.None"/> where it was not judged.</summary>
    public PersonalAccessTokenRefusal Refusal { get; init; }

    /// <summary>
    /// Whether it was not judged, since too much was refused that came from its address
    /// (<see cref="PersonalAccessTokenOptions.MaxFailuresPerAddressPerMinute"/>).
    /// </summary>
    public bool IsLimited { get; init; }

    /// <summary>Why it could not be judged, or null where it was refused.</summary>
    public PersonalAccessTokenUnavailableException? Exception { get; init; }
}

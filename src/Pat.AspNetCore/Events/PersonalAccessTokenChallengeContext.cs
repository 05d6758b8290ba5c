using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>An answer that asks for a token, or says what is wrong with the one that came.</summary>
/// <param name="context">The request.</param>
/// <param name="scheme">The scheme that answers.</param>
/// <param name="options">Its options.</param>
/// <param name="properties">What the caller of the challenge passed on.</param>
public sealed class PersonalAccessTokenChallengeContext(
    HttpContext context,
    AuthenticationScheme scheme,
    PersonalAccessTokenAuthenticationOptions options,
    AuthenticationProperties properties)
    : PropertiesContext<PersonalAccessTokenAuthenticationOptions>(context, scheme, options, properties)
{
    /// <summary>The status code: 401; 400 for two credentials, 403 on an endpoint closed to tokens, 429 for an address over its limit, 503 where the token could not be judged.</summary>
    public int StatusCode { get; set; } = StatusCodes.Status401Unauthorized;

    /// <summary>The error code (RFC 6750, section 3.1), or null where no token came.</summary>
    public string? Error { get; set; }

    /// <summary>What to tell the caller's developer, or null.</summary>
    public string? ErrorDescription { get; set; }

    /// <summary>Why authentication failed, or null.</summary>
    public Exception? AuthenticateFailure { get; init; }

    /// <summary>Whether the application answered itself.</summary>
    public bool Handled { get; private set; }

    /// <summary>Says that the application answered itself: no status and no header is added.</summary>
    public void HandleResponse() => Handled = true;
}

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>A request in which a token is about to be looked for.</summary>
/// <param name="context">The request.</param>
/// <param name="scheme">The scheme that asks.</param>
/// <param name="options">Its options.</param>
public sealed class PersonalAccessTokenMessageReceivedContext(
    HttpContext context, AuthenticationScheme scheme, PersonalAccessTokenAuthenticationOptions options)
    : ResultContext<PersonalAccessTokenAuthenticationOptions>(context, scheme, options)
{
    /// <summary>
    /// The token, where the application takes it from elsewhere than the Authorization header. It then takes the place
    /// of what the header holds.
    /// </summary>
    public string? Token { get; set; }
}

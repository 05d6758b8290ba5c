using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>An answer to an authenticated caller who is not allowed to do what was asked.</summary>
/// <param name="context">The request.</param>
/// <param name="scheme">The scheme that answers.</param>
/// <param name="options">Its options.</param>
/// <param name="properties">What the caller of the refusal passed on.</param>
public sealed class PersonalAccessTokenForbiddenContext(
    HttpContext context,
    AuthenticationScheme scheme,
    PersonalAccessTokenAuthenticationOptions options,
    AuthenticationProperties properties)
    : PropertiesContext<PersonalAccessTokenAuthenticationOptions>(context, scheme, options, properties)
{
    /// <summary>The scopes that the endpoint asks for and the token lacks; empty where something else was missing.</summary>
    public IReadOnlyList<string> MissingScopes { get; init; } = [];

    /// <summary>Whether the application answered itself.</summary>
    public bool Handled { get; private set; }

    /// <summary>Says that the application answered itself: no status and no header is added.</summary>
    public void HandleResponse() => Handled = true;
}

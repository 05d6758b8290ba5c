using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>A token that is genuine and usable. Calling <c>Fail</c> refuses it all the same.</summary>
/// <param name="context">The request.</param>
/// <param name="scheme">The scheme that took it.</param>
/// <param name="options">Its options.</param>
/// <param name="token">The token as it is stored.</param>
/// <param name="owner">Its owner as of now, where the application has an owner source.</param>
public sealed class PersonalAccessTokenValidatedContext(
    HttpContext context,
    AuthenticationScheme scheme,
    PersonalAccessTokenAuthenticationOptions options,
    PersonalAccessToken token,
    PersonalAccessTokenOwner? owner)
    : ResultContext<PersonalAccessTokenAuthenticationOptions>(context, scheme, options)
{
    /// <summary>The token as it is stored.</summary>
    public PersonalAccessToken Token { get; } = token;

    /// <summary>Its owner as of now, where the application has an owner source.</summary>
    public PersonalAccessTokenOwner? Owner { get; } = owner;
}

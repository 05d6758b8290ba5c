using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;

namespace Pat.AspNetCore;

/// <summary>
/// Opens a controller, action, hub or endpoint to every usable personal access token, whatever its scopes. It loosens
/// nothing that is stated beside it.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AllowAnyTokenAttribute() :
    AuthorizeAttribute(PersonalAccessTokenPolicies.AnyToken), IDisableCookieRedirectMetadata;

using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Pat.AspNetCore;

namespace Pat.Identity;

/// <summary>
/// Gives a token's principal the claim types that the application's sessions have, where the scheme's options do not say
/// otherwise.
/// </summary>
internal sealed class IdentityClaimTypes(IOptions<IdentityOptions> identity)
    : IPostConfigureOptions<PersonalAccessTokenAuthenticationOptions>
{
    public void PostConfigure(string? name, PersonalAccessTokenAuthenticationOptions options)
    {
        var types = identity.Value.ClaimsIdentity;
        options.OwnerIdClaimType = options.OwnerIdClaimType == ClaimTypes.NameIdentifier ? types.UserIdClaimType : options.OwnerIdClaimType;
        options.SecurityStampClaimType =
            options.SecurityStampClaimType == new ClaimsIdentityOptions().SecurityStampClaimType
                ? types.SecurityStampClaimType
                : options.SecurityStampClaimType;
        options.NameClaimType = options.NameClaimType == ClaimTypes.Name ? types.UserNameClaimType : options.NameClaimType;
        options.RoleClaimType = options.RoleClaimType == ClaimTypes.Role ? types.RoleClaimType : options.RoleClaimType;
    }
}

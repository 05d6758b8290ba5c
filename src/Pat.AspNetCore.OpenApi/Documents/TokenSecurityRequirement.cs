using Microsoft.OpenApi;

namespace Pat.AspNetCore.OpenApi;

/// <summary>
/// That a token with certain scopes is enough. Which version of OpenAPI is written is known at the writing alone: the
/// build's generator has a setting of its own.
/// </summary>
internal sealed class TokenSecurityRequirement : OpenApiSecurityRequirement
{
    public TokenSecurityRequirement(OpenApiSecuritySchemeReference scheme, IEnumerable<string> scopes) => this[scheme] = [.. scopes];

    /// <summary>Before 3.1 only OAuth 2 and OpenID Connect may name what is needed (OpenAPI 3.0.4, Security Requirement Object).</summary>
    public override void SerializeAsV3(IOpenApiWriter writer) => WithoutScopes().SerializeAsV3(writer);

    public override void SerializeAsV2(IOpenApiWriter writer) => WithoutScopes().SerializeAsV2(writer);

    private OpenApiSecurityRequirement WithoutScopes()
    {
        var requirement = new OpenApiSecurityRequirement();
        foreach (var scheme in Keys)
        {
            requirement[scheme] = [];
        }

        return requirement;
    }
}

using Microsoft.OpenApi;

namespace Pat.AspNetCore.OpenApi;

/// <summary>How a document refers to a scheme for tokens.</summary>
internal static class TokenSecurity
{
    /// <summary>The authentication scheme's name, with what no component's name may hold (OpenAPI 3.1.1, Components Object) replaced.</summary>
    public static string IdOf(string scheme) => string.Concat(scheme.Select(character =>
        char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' ? character : '_'));

    /// <summary>That a token of <paramref name="scheme"/> with all of <paramref name="scopes"/> is enough.</summary>
    public static OpenApiSecurityRequirement Require(string scheme, OpenApiDocument? document, IEnumerable<string> scopes) =>
        new TokenSecurityRequirement(new OpenApiSecuritySchemeReference(IdOf(scheme), document), scopes);

    /// <summary>Whether <paramref name="operation"/> says something about tokens of <paramref name="scheme"/> already.</summary>
    public static bool IsStated(OpenApiOperation operation, string scheme) =>
        operation.Security?.Any(requirement => requirement.Keys.Any(key => key.Reference.Id == IdOf(scheme))) ?? false;
}

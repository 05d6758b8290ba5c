using Pat.AspNetCore;
using Scalar.AspNetCore;

namespace TaskApi.Reference;

/// <summary>The API's reference, to read and to try. It loads nothing from elsewhere.</summary>
internal static class ReferencePage
{
    public const string Path = "/api/reference";

    public static void MapReferencePage(this IEndpointRouteBuilder routes) => routes.MapScalarApiReference(Path, options => options
        .WithTitle($"API reference - {TaskApiDocument.Title}")
        .AddPreferredSecuritySchemes(PersonalAccessTokenDefaults.AuthenticationScheme)
        .DisableDefaultFonts()
        .DisableTelemetry()
        .DisableAgent()
        .HideDeveloperTools());
}

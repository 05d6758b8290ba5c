using Pat.AspNetCore;
using Scalar.AspNetCore;

namespace TaskApi.Reference;

/// <summary>The API's reference, to read and to try. It loads nothing from elsewhere.</summary>
internal static class ReferencePage
{
    public const string Path = "/api/reference";

    /// <summary>The page's own columns stand below it, by the variable that they measure their height by.</summary>
    private const string Style =
        """
        :root { --scalar-custom-header-height: 2.75rem; }
        .back { position: sticky; top: 0; z-index: 1; display: block; height: 2.75rem; box-sizing: border-box; padding: .625rem 1rem;
          border-bottom: 1px solid var(--scalar-border-color); background: var(--scalar-background-1); color: var(--scalar-color-1);
          font: 500 .9375rem/1.5 var(--scalar-font); text-decoration: none; }
        .back:hover { text-decoration: underline; }
        """;

    public static void MapReferencePage(this IEndpointRouteBuilder routes) => routes.MapScalarApiReference(Path, options => options
        .WithTitle($"API reference - {TaskApiDocument.Title}")
        .AddHeaderContent($"<a class=\"back\" href=\"/\">Back to {TaskApiDocument.Title}</a>")
        .WithCustomCss(Style)
        .AddPreferredSecuritySchemes(PersonalAccessTokenDefaults.AuthenticationScheme)
        .DisableDefaultFonts()
        .DisableTelemetry()
        .DisableAgent()
        .HideDeveloperTools());
}

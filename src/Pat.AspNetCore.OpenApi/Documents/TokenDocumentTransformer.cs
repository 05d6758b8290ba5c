using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Pat.AspNetCore.OpenApi;

/// <summary>Describes the application's schemes for tokens once in each document.</summary>
internal sealed class TokenDocumentTransformer(PersonalAccessTokenOpenApiOptions settings) : IOpenApiDocumentTransformer
{
    public Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var names = context.ApplicationServices.GetTokenService<TokenSchemeNames>();
        var description = ActivatorUtilities.CreateInstance<TokenSchemeDescription>(context.ApplicationServices, settings);
        foreach (var scheme in names.All)
        {
            // False where the application describes the scheme itself: its words count.
            document.AddComponent<IOpenApiSecurityScheme>(TokenSecurity.IdOf(scheme), description.Describe(scheme));
        }

        KeepSecurityOfAll(document, names);
        return Task.CompletedTask;
    }

    /// <summary>
    /// What an operation requires takes the place of what the document requires of all, so those that got tokens and
    /// nothing else would lose it.
    /// </summary>
    private static void KeepSecurityOfAll(OpenApiDocument document, TokenSchemeNames names)
    {
        if (document.Security is not { Count: > 0 } ofAll)
        {
            return;
        }

        var tokens = names.All.Select(TokenSecurity.IdOf).ToHashSet(StringComparer.Ordinal);
        foreach (var (_, operation) in document.Paths.Values.SelectMany(path => path.Operations ?? []))
        {
            if (operation.Security is { Count: > 0 } own
                && own.SelectMany(requirement => requirement.Keys).All(key => tokens.Contains(key.Reference.Id!)))
            {
                operation.Security = [.. ofAll, .. own];
            }
        }
    }
}

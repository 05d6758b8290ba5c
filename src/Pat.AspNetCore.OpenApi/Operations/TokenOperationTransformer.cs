using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;

namespace Pat.AspNetCore.OpenApi;

/// <summary>States on each operation that takes tokens what they need there, and how they are refused.</summary>
internal sealed class TokenOperationTransformer(OpenApiOptions options) : IOpenApiOperationTransformer
{
    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var services = context.ApplicationServices;
        var access = services.GetTokenService<TokenAccess>();
        if (await FindAsync(access, DescribedEndpoint.Find(context.Description, services), services) is not { } found)
        {
            return;
        }

        var schemes = found.OpenTo.Where(scheme => !TokenSecurity.IsStated(operation, scheme)).ToList();
        if (schemes.Count > 0)
        {
            var scopes = services.GetRequiredService<PersonalAccessTokenScopes>();
            Describe(operation, context.Document, schemes, found.ScopesFor(context.Description.HttpMethod, scopes));
        }
    }

    private static async Task<EndpointAccess?> FindAsync(TokenAccess access, Endpoint endpoint, IServiceProvider services)
    {
        try
        {
            return await access.FindAsync(endpoint);
        }
        catch (InvalidOperationException fault)
        {
            // A policy that is not registered: the operation answers 500, and is no reason for the document to do so.
            Log.PolicyNotFound(services.GetRequiredService<ILogger<TokenOperationTransformer>>(), endpoint.DisplayName, fault);
            return null;
        }
    }

    private void Describe(OpenApiOperation operation, OpenApiDocument? document, List<string> schemes, IReadOnlyList<string> scopes)
    {
        operation.Security ??= [];
        foreach (var scheme in schemes)
        {
            operation.Security.Add(TokenSecurity.Require(scheme, document, scopes));
        }

        var need = Write(scopes);
        if (need is not null && options.OpenApiVersion < OpenApiSpecVersion.OpenApi3_1)
        {
            // The requirement can't name them there.
            operation.Description = string.IsNullOrWhiteSpace(operation.Description) ? need : $"{operation.Description}\n\n{need}";
        }

        Refusals.AddTo(operation, need);
    }

    /// <summary>The scopes as a sentence, or null where any token will do.</summary>
    private static string? Write(IReadOnlyList<string> scopes) => scopes.Count switch
    {
        0 => null,
        1 => $"A personal access token needs the scope `{scopes[0]}`.",
        _ => $"A personal access token needs the scopes {string.Join(", ", scopes.Select(scope => $"`{scope}`"))}.",
    };
}

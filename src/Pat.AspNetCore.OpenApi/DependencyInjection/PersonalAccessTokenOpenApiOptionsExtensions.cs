using Microsoft.AspNetCore.OpenApi;
using Pat.AspNetCore.OpenApi;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Shows personal access tokens in OpenAPI documents.</summary>
public static class PersonalAccessTokenOpenApiOptionsExtensions
{
    /// <summary>
    /// Adds to a document the security scheme of each authentication scheme for personal access tokens, and to each
    /// operation that takes tokens the scopes they need and the refusals they can meet. Security schemes and requirements
    /// of the application's own are kept: a token is one more way in.
    /// </summary>
    /// <param name="options">The document's options: <c>services.AddOpenApi(o =&gt; o.AddPersonalAccessTokens())</c>.</param>
    /// <param name="configure">Sets what the document says beyond what the application's options tell.</param>
    /// <remarks>
    /// Call it after the transformers that state security of your own, so that it adds to what they state. The application
    /// has called <c>AddPersonalAccessTokens</c> on its services or its authentication; else making the document fails.
    /// </remarks>
    public static OpenApiOptions AddPersonalAccessTokens(
        this OpenApiOptions options, Action<PersonalAccessTokenOpenApiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = new PersonalAccessTokenOpenApiOptions();
        configure?.Invoke(settings);
        return options
            .AddOperationTransformer(new TokenOperationTransformer(options))
            .AddDocumentTransformer(new TokenDocumentTransformer(settings));
    }
}

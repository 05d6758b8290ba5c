using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TaskApi.Reference;

/// <summary>What the OpenAPI document says of the API as a whole.</summary>
internal sealed class TaskApiDocument : IOpenApiDocumentTransformer
{
    public const string Title = "Taskboard";

    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal)
    {
        ["Accounts"] = "Accounts and sign-in, by ASP.NET Core Identity.",
        ["Personal access tokens"] = "The tokens by which your scripts act for you.",
        ["Tasks"] = "Your tasks. Nobody else sees them.",
    };

    public Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = Title,
            Version = "1.0",
            Description = "Keeps your tasks. Scripts use it with a personal access token, its pages with the session of whoever is signed in.",
            Contact = new OpenApiContact { Name = "The Pat authors" },
        };
        foreach (var server in document.Servers ?? [])
        {
            // Paths begin with a slash, and readers put them behind this one as they are.
            server.Url = server.Url?.TrimEnd('/');
        }

        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
        {
            tag.Description = tag.Name is null ? null : Tags.GetValueOrDefault(tag.Name);
        }

        SessionOperations.Describe(document);
        return Task.CompletedTask;
    }
}

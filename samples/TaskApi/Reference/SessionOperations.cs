using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TaskApi.Reference;

/// <summary>States on operations for signed-in users that the session's cookie is a way in.</summary>
internal sealed class SessionOperations : IOpenApiOperationTransformer
{
    private const string Scheme = "Session";

    public Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any() && !IsForTokensAlone(context))
        {
            operation.Security ??= [];
            operation.Security.Add(new() { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] });
        }

        return Task.CompletedTask;
    }

    public static void Describe(OpenApiDocument document) =>
        document.AddComponent<IOpenApiSecurityScheme>(Scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = ".AspNetCore.Identity.Application",
            Description = "The session of a signed-in user: `POST /api/auth/login?useCookies=true`.",
        });

    private static bool IsForTokensAlone(OpenApiOperationTransformerContext context) =>
        context.Description.RelativePath?.Split('/') is [.., "self"] or [.., "self", _];
}

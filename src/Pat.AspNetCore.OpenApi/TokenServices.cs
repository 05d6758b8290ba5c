using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.OpenApi;

/// <summary>What a document is made from.</summary>
internal static class TokenServices
{
    /// <exception cref="InvalidOperationException">The application has no personal access tokens.</exception>
    public static T GetTokenService<T>(this IServiceProvider services)
        where T : class =>
        services.GetService<T>() ?? throw new InvalidOperationException(
            "There are no personal access tokens to show in the OpenAPI document. Call AddPersonalAccessTokens() on the application's services too.");
}

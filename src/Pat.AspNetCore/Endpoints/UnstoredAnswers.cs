using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>Marks endpoints whose answers no browser and no proxy may keep, nor take for anything but what they say they are.</summary>
internal sealed class UnstoredAnswers
{
    public static void Mark(HttpResponse response)
    {
        // Both, and in these words: antiforgery replaces any others, and warns of it.
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers.Pragma = "no-cache";

        // ASP.NET Core leaves markup as it is in problem details, which name what a request had in it.
        response.Headers.XContentTypeOptions = "nosniff";
    }

    /// <summary>
    /// Refusals are the authorization middleware's, before any filter of the endpoint. This decides nothing; it is where
    /// every one of them passes.
    /// </summary>
    internal sealed class OfRefusals : IAuthorizationHandler
    {
        public Task HandleAsync(AuthorizationHandlerContext context)
        {
            if (context.FindRequest() is { } http && http.GetEndpoint()?.Metadata.GetMetadata<UnstoredAnswers>() is not null)
            {
                Mark(http.Response);
            }

            return Task.CompletedTask;
        }
    }
}

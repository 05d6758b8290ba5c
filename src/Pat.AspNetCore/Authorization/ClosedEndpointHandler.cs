using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>
/// Refuses a token's user on an endpoint closed to tokens, whatever its policy. A policy that names no schemes takes the
/// user that is there, and that can be one of another endpoint: where authentication stands before routing, or an error
/// page is executed after it.
/// </summary>
internal sealed class ClosedEndpointHandler(TokenAccess access) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.FindRequest() is not { } http
            || TokenFeature.Of(http) is not { Outcome: TokenOutcome.Accepted } feature)
        {
            return Task.CompletedTask;
        }

        return access.IsKnownToBeOpen(http, feature.Scheme)
            ? Task.CompletedTask
            : FailIfClosedAsync(context, http, feature.Scheme);
    }

    private async Task FailIfClosedAsync(AuthorizationHandlerContext context, HttpContext http, string scheme)
    {
        if (!await access.IsOpenAsync(http, scheme))
        {
            context.Fail(new AuthorizationFailureReason(this, "The endpoint does not take personal access tokens."));
        }
    }
}

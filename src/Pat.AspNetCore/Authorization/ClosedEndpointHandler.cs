using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;

namespace Pat.AspNetCore;

/// <summary>
/// Refuses a token's user on an endpoint closed to tokens, whatever its policy. A policy that names no schemes takes the
/// user that is there, and that can be one of another endpoint: where authentication stands before routing, or an error
/// page is executed after it. It can also be one that came by no token at all, of a cookie or another credential that was made of a
/// token's user: that is refused everywhere, for it would outlive the token and be closed nowhere.
/// </summary>
internal sealed class ClosedEndpointHandler(TokenAccess access, TokenSchemeNames names) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.FindRequest() is not { } http)
        {
            return Task.CompletedTask;
        }

        if (TokenFeature.Of(http) is not { } feature)
        {
            if (IsOfAnotherCredential(context, http))
            {
                context.Fail(new AuthorizationFailureReason(this, "The user is a personal access token's, and came by another credential."));
            }

            return Task.CompletedTask;
        }

        return feature.Outcome != TokenOutcome.Accepted || access.IsKnownToBeOpen(http, feature.Scheme)
            ? Task.CompletedTask
            : FailIfClosedAsync(context, http, feature.Scheme);
    }

    /// <summary>Of a hub's call that can't be said: by long polling it has no trace of the request that brought the token.</summary>
    private bool IsOfAnotherCredential(AuthorizationHandlerContext context, HttpContext http) =>
        context.Resource is not HubInvocationContext
        && names.IsTokens(context.User)
        && http.Features.Get<ApplicationJudgement>() is null;

    private async Task FailIfClosedAsync(AuthorizationHandlerContext context, HttpContext http, string scheme)
    {
        if (!await access.IsOpenAsync(http, scheme))
        {
            context.Fail(new AuthorizationFailureReason(this, "The endpoint does not take personal access tokens."));
        }
    }
}

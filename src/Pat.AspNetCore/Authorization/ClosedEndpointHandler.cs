using Microsoft.AspNetCore.Authorization;

namespace Pat.AspNetCore;

/// <summary>
/// Refuses a token's user on an endpoint closed to tokens, whatever its policy. A policy that names no schemes takes the
/// user that is there, and that can be one of another endpoint: where authentication stands before routing, or an error
/// page is executed after it.
/// </summary>
internal sealed class ClosedEndpointHandler(TokenAccess access) : IAuthorizationHandler
{
    public async Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.FindRequest() is { } http
            && http.Features.Get<TokenFeature>() is { Outcome: TokenOutcome.Accepted } feature
            && !await access.IsOpenAsync(http, feature.Scheme))
        {
            context.Fail(new AuthorizationFailureReason(this, "The endpoint does not take personal access tokens."));
        }
    }
}

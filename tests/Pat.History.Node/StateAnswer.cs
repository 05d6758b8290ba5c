using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Pat.AspNetCore;

namespace Pat.History.Node;

/// <summary>
/// Answers a request that was authorized with the version of the token's state that it was judged by, where the checker asks
/// for it, in place of the endpoint: what is checked is how tokens are judged, and no endpoint's database stands in the way.
/// </summary>
internal sealed class StateAnswer : IAuthorizationMiddlewareResultHandler
{
    private const string Question = "X-Pat-History";

    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Succeeded
        && context.Request.Headers.ContainsKey(Question)
        && TokenFeature.Of(context)?.State is { } state
            ? context.Response.WriteAsync(state.ToToken().Version.ToString(CultureInfo.InvariantCulture))
            : _usual.HandleAsync(next, context, policy, authorizeResult);
}

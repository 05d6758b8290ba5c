using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.SignalR;

namespace Pat.AspNetCore;

/// <summary>What the framework authorizes: a request, an MVC action, or the call of a hub's method.</summary>
internal static class AuthorizationResource
{
    /// <summary>The request, or null where it is over or was not passed on.</summary>
    public static HttpContext? FindRequest(this AuthorizationHandlerContext context) => context.Resource switch
    {
        HttpContext http => http,
        AuthorizationFilterContext filter => filter.HttpContext,
        HubInvocationContext invocation => invocation.Context.GetHttpContext(),
        _ => null,
    };
}

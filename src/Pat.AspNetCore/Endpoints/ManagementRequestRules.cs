using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>
/// What every request to the management API has to keep to: its answers are stored nowhere, no other site can send it in
/// a signed-in user's name, and a store that does not answer is said to be one.
/// </summary>
internal sealed class ManagementRequestRules(
    IOptions<PersonalAccessTokenManagementOptions> options, ILogger<ManagementRequestRules> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        UnstoredAnswers.Mark(http.Response);
        if (IsUnsafe(http.Request.Method) && FindForeignOrigin(http.Request) is { } origin)
        {
            Log.ForeignOrigin(logger, origin);
            return TypedResults.Problem(
                "Requests that change tokens must come from this site itself.", statusCode: StatusCodes.Status403Forbidden);
        }

        try
        {
            return await next(context);
        }
        catch (Exception exception) when (StoreOutage.IsBehind(exception) && !http.RequestAborted.IsCancellationRequested)
        {
            Log.ManagementUnavailable(logger, exception);
            http.Response.Headers.RetryAfter = "5";
            return TypedResults.Problem(
                "Tokens can't be managed at the moment; try again in a few seconds. If you were changing something, look first whether it happened.",
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static bool IsUnsafe(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    /// <summary>
    /// Where a browser says that a request comes from, if that is elsewhere: Fetch Metadata first, then Origin. A script
    /// sends neither. What is returned is fit for a log.
    /// </summary>
    private string? FindForeignOrigin(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        var origin = request.Headers.Origin;
        var isAllowed = origin.Count == 1 && options.Value.AllowedOrigins.Contains(origin[0]!, StringComparer.OrdinalIgnoreCase);
        if (isAllowed)
        {
            return null;
        }

        if (site.Count > 0 && site.ToString() is not ("same-origin" or "none"))
        {
            return "another site";
        }

        if (origin.Count == 0)
        {
            return null;
        }

        if (!Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var uri))
        {
            return "an opaque origin";
        }

        // Host and port alone: behind a proxy that ends TLS the application sees another scheme than the browser.
        return string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase) ? null : uri.IdnHost;
    }
}

using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>
/// What every request to the management API has to keep to: its answers are stored nowhere, no other site can send it in
/// a signed-in user's name, and a store that does not answer is said to be one.
/// </summary>
internal sealed class ManagementRequestRules(
    IOptions<PersonalAccessTokenManagementOptions> options, SecurityLog log, ILogger<ManagementRequestRules> logger) : IEndpointFilter
{
    private const int MaxLoggedLength = 300;

    private static readonly SearchValues<char> OriginCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-_:/[]");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        UnstoredAnswers.Mark(http.Response);
        if (IsUnsafe(http.Request.Method) && FindForeignOrigin(http.Request) is { } origin)
        {
            Log.ForeignOrigin(logger, origin, SecurityLog.AddressOf(http));
            return TypedResults.Problem(
                "Requests that change tokens must come from this site itself.", statusCode: StatusCodes.Status403Forbidden);
        }

        try
        {
            var answer = await next(context);
            if (IsUnsafe(http.Request.Method))
            {
                var status = (answer as IStatusCodeHttpResult)?.StatusCode ?? http.Response.StatusCode;
                log.ChangeAsked(http.Features.Get<SessionOwner>()?.Id, status, http);
            }

            return answer;
        }
        catch (Exception exception) when (StoreOutage.IsBehind(exception) && !http.RequestAborted.IsCancellationRequested)
        {
            Log.ManagementUnavailable(logger, exception);
            RetryLater.Mark(http.Response);
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

        var isForeignSite = site.Count > 0 && site.ToString() is not ("same-origin" or "none");
        if (!isForeignSite && (origin.Count == 0 || IsOwn(origin.ToString(), request.Host.Value)))
        {
            return null;
        }

        return IsPlain(origin.ToString()) ? origin.ToString() : "an unnamed origin";
    }

    /// <summary>
    /// As text, for a browser writes it in one way only. Either scheme: behind a proxy that ends TLS the application sees
    /// another one than the browser.
    /// </summary>
    private static bool IsOwn(string origin, string? host) =>
        origin.Equals($"https://{host}", StringComparison.OrdinalIgnoreCase)
        || origin.Equals($"http://{host}", StringComparison.OrdinalIgnoreCase);

    private static bool IsPlain(string origin) =>
        origin.Length is > 0 and <= MaxLoggedLength && !origin.AsSpan().ContainsAnyExcept(OriginCharacters);
}

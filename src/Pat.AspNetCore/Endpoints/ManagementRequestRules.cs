using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Pat.AspNetCore;

/// <summary>
/// What every request to the management API has to keep to: its answers are stored nowhere, no other site can send it in
/// a signed-in user's name, and a store that does not answer is said to be one.
/// </summary>
internal sealed class ManagementRequestRules(
    RequestOrigins origins, SecurityLog log, ILogger<ManagementRequestRules> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        UnstoredAnswers.Mark(http.Response);
        if (!SecurityLog.IsSafe(http.Request.Method) && origins.FindForeign(http.Request) is { } origin)
        {
            Log.ForeignOrigin(logger, origin, SecurityLog.AddressOf(http));
            Note(http, StatusCodes.Status403Forbidden);
            return TypedResults.Problem(
                "Requests that change tokens must come from this site itself, or from an origin in the application's AllowedOrigins.", statusCode: StatusCodes.Status403Forbidden);
        }

        try
        {
            var answer = await next(context);
            Note(http, (answer as IStatusCodeHttpResult)?.StatusCode ?? http.Response.StatusCode);
            return answer;
        }
        catch (Exception exception) when (StoreOutage.IsBehind(exception) && !http.RequestAborted.IsCancellationRequested)
        {
            var isFull = exception is PersonalAccessTokenUnavailableException { IsForWantOfRoom: true };
            if (isFull)
            {
                Log.ManagementFull(logger, exception.Message);
            }
            else
            {
                Log.ManagementUnavailable(logger, exception);
            }

            Note(http, StatusCodes.Status503ServiceUnavailable);
            RetryLater.Mark(http.Response);
            return TypedResults.Problem(
                isFull
                    ? "Too many tokens are being made at the moment, so nothing was changed; try again in a few seconds."
                    : "Tokens can't be managed at the moment; try again in a few seconds. If you were changing something, look first whether it happened.",
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private void Note(HttpContext http, int status) =>
        log.ManagementAnswered(http.Features.Get<SessionOwner>()?.Id, status, http);
}

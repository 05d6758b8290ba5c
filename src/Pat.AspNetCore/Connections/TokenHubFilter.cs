using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>
/// A hub's connection by WebSockets or server-sent events is one request, and may last for days: its token is judged again at
/// each invocation, and the connection aborted when the token ends. Long polling is a request each time.
/// </summary>
internal sealed class TokenHubFilter(TokenJudge judge) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var hub = invocationContext.Context;
        if (hub.GetHttpContext() is { } http && http.GetPersonalAccessToken() is { } token)
        {
            TokenVerdict verdict;
            try
            {
                verdict = await token.JudgeAsync(hub.ConnectionAborted);
            }
            catch (PersonalAccessTokenUnavailableException)
            {
                throw new HubException("The access token can't be judged at the moment; try again in a few seconds.");
            }

            if (verdict.Refusal != PersonalAccessTokenRefusal.None)
            {
                hub.Abort();
                throw new HubException("The access token is no longer accepted.");
            }

            judge.NoteUse(verdict, http);
        }

        return await next(invocationContext);
    }

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        // What is registered goes with the request, which lasts as long as the connection.
        context.Context.GetHttpContext()?.GetPersonalAccessToken()?.Ended.UnsafeRegister(
            static hub => ((HubCallerContext)hub!).Abort(), context.Context);
        return next(context);
    }

    /// <summary>Adds the filter to all hubs of an application that has any.</summary>
    internal sealed class Adding(TokenHubFilter filter) : IConfigureOptions<HubOptions>
    {
        public void Configure(HubOptions options) => options.AddFilter(filter);
    }
}

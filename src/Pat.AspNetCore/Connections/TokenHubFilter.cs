using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>
/// A hub's connection may last for days, over one request (WebSockets, server-sent events) or many (long polling, stateful
/// reconnects): the token that it began with is judged again at each invocation, and the connection aborted when that token ends.
/// </summary>
internal sealed class TokenHubFilter(TokenJudge judge, OpenConnections connections) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var hub = invocationContext.Context;
        if (hub.Items[typeof(Beginning)] is Beginning { Token: var token, Network: var network })
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

            judge.NoteUse(verdict, network);
        }

        return await next(invocationContext);
    }

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var hub = context.Context;
        if (Begin(hub) is { } began)
        {
            hub.Items[typeof(Beginning)] = began;

            // At the end of the connection, whichever of its requests that is, and also where it is not taken.
            hub.Features.GetRequiredFeature<IConnectionLifetimeFeature>().ConnectionClosed.UnsafeRegister(
                static connection => ((OpenConnection)connection!).Dispose(), began.Token.Connection);
            began.Token.Ended.UnsafeRegister(static hub => ((HubCallerContext)hub!).Abort(), hub);
        }

        return next(context);
    }

    /// <summary>By long polling the request is a copy that SignalR made of the first poll, with its items and without our features.</summary>
    private Beginning? Begin(HubCallerContext hub)
    {
        if (hub.GetHttpContext() is not { } http)
        {
            return null;
        }

        if (TokenFeature.Of(http) is null)
        {
            http.Features.Set(TokenFeature.KeptOf(http));
        }

        return http.PresentToken(connections) is { } token ? new(token, judge.NetworkOf(http)) : null;
    }

    /// <summary>The token that a connection began with, and where from, as far as that is noted with a use.</summary>
    private sealed class Beginning(PresentedPersonalAccessToken token, string? network)
    {
        public PresentedPersonalAccessToken Token => token;

        public string? Network => network;
    }

    /// <summary>Adds the filter to all hubs of an application that has any.</summary>
    internal sealed class Adding(TokenHubFilter filter) : IConfigureOptions<HubOptions>
    {
        public void Configure(HubOptions options) => options.AddFilter(filter);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Pat.AspNetCore;

namespace Microsoft.AspNetCore.Http;

/// <summary>Tells an endpoint which personal access token a request was accepted with.</summary>
public static class PersonalAccessTokenHttpContextExtensions
{
    /// <summary>
    /// The token that this request was accepted with, or null where it was not accepted with one, or
    /// <c>AuthenticationFailed</c> or <c>MessageReceived</c> supplied a principal of the application's own.
    /// </summary>
    public static PresentedPersonalAccessToken? GetPersonalAccessToken(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Features.Get<PresentedPersonalAccessToken>() is { } present && present.Id == TokenFeature.Of(context)?.State?.Id)
        {
            return present;
        }

        var token = context.PresentToken(context.RequestServices.GetRequiredService<OpenConnections>());
        if (token is not null)
        {
            context.Response.RegisterForDispose(token.Connection);
        }

        return token;
    }

    /// <summary>The same made anew, for whoever disposes of its connection.</summary>
    internal static PresentedPersonalAccessToken? PresentToken(this HttpContext context, OpenConnections connections)
    {
        if (TokenFeature.Of(context) is not { Outcome: TokenOutcome.Accepted, State: { } state } feature)
        {
            return null;
        }

        var connection = connections.Open(state, feature.IsPreviousSecret, SecurityLog.AddressOf(context));
        var token = new PresentedPersonalAccessToken(state, connections, connection);
        context.Features.Set(token);
        return token;
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>
/// What a session has to be to manage tokens: its user's still, and where an endpoint asks for it, begun a short while ago.
/// </summary>
internal sealed class SessionRules(OwnerSessions sessions, IOptions<PersonalAccessTokenManagementOptions> options) : IEndpointFilter
{
    /// <summary>The <c>type</c> of the problem that a new sign-in solves.</summary>
    public const string RecentSignInRequired = "urn:pat:recent-sign-in-required";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var (state, owner) = await sessions.FindAsync(http, http.RequestAborted);
        switch (state)
        {
            case OwnerSessionState.Current:
                break;

            case OwnerSessionState.Unguarded:
                return TypedResults.Problem(
                    "Tokens can't be managed here: the endpoint is open to everybody.", statusCode: StatusCodes.Status403Forbidden);

            case OwnerSessionState.Ended:
                return new EndedSession();

            case OwnerSessionState.OwnerDisabled:
                return ManagementAnswers.OwnerDisabled();

            default:
                return TypedResults.Problem(
                    "The signed-in user has no id that tokens could belong to.", statusCode: StatusCodes.Status403Forbidden);
        }

        if (http.GetEndpoint()?.Metadata.GetMetadata<RecentSignInMetadata>() is not null && !sessions.IsRecent(http))
        {
            return TypedResults.Problem(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Sign in again and repeat this within {options.Value.RequireRecentSignIn?.TotalMinutes:0} minutes: it takes a recent sign-in."),
                statusCode: StatusCodes.Status403Forbidden,
                type: RecentSignInRequired);
        }

        http.Features.Set(owner);
        return await next(context);
    }
}

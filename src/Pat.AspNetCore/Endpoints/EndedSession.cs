using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>Answers as to a request without credentials, and besides in words that the session ended.</summary>
internal sealed class EndedSession : IResult
{
    /// <summary>The <c>type</c> of the problem.</summary>
    public const string Type = "urn:pat:session-ended";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await httpContext.ChallengeAsync(PersonalAccessTokenDefaults.SelectorScheme);
        if (!httpContext.Response.HasStarted)
        {
            await TypedResults.Problem(
                "Your session ended, since your account or its credentials changed. Sign in again.",
                statusCode: StatusCodes.Status401Unauthorized,
                type: Type).ExecuteAsync(httpContext);
        }
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Pat.AspNetCore;

/// <summary>How the management API shows tokens, and how it words what it refuses.</summary>
internal sealed class ManagementAnswers(PersonalAccessTokenManager manager, TimeProvider timeProvider)
{
    /// <summary>The <c>type</c> of the problem that a token is expired, inactive or revoked.</summary>
    public const string TokenNotUsable = "urn:pat:token-not-usable";

    /// <summary>An hour: the window of a day is counted from its first token, and may be over by then.</summary>
    private const string SecretsRetryAfter = "3600";

    public static ProblemHttpResult NotFound() => TypedResults.Problem(
        "You have no token with this id.", statusCode: StatusCodes.Status404NotFound);

    public static ProblemHttpResult MalformedIfMatch() => TypedResults.Problem(
        "If-Match is malformed. Send the ETag as you got it, quotes included, several with commas between them, or *.",
        statusCode: StatusCodes.Status400BadRequest);

    public static ProblemHttpResult Changed() => TypedResults.Problem(
        "The token is not at the version that If-Match names. Read it again, and see whether your change is still wanted.",
        statusCode: StatusCodes.Status412PreconditionFailed);

    public bool IsUsable(PersonalAccessToken token) => manager.StatusOf(token) == PersonalAccessTokenStatus.Active;

    public ProblemHttpResult NotUsable(PersonalAccessToken token)
    {
        var status = ManagedToken.Text(manager.StatusOf(token));
        return TypedResults.Problem(
            $"The token is {status}, and such a token can't be changed.",
            statusCode: StatusCodes.Status409Conflict,
            type: TokenNotUsable,
            extensions: [new("tokenStatus", status)]);
    }

    public ManagedToken Show(PersonalAccessToken token) =>
        ManagedToken.Of(token, manager.StatusOf(token), timeProvider.GetUtcNow());

    /// <summary>A token with its entity tag.</summary>
    public JsonHttpResult<ManagedToken> Token(HttpContext context, PersonalAccessToken token)
    {
        context.Response.Headers.ETag = IfMatch.TagOf(token.Version);
        return TypedResults.Json(Show(token), ManagementJsonContext.Default.ManagedToken);
    }

    /// <summary>A token with its entity tag and, once, its value.</summary>
    public JsonHttpResult<IssuedToken> Issued(HttpContext context, PersonalAccessTokenResult result, int status)
    {
        context.Response.Headers.ETag = IfMatch.TagOf(result.Token!.Version);
        return TypedResults.Json(
            IssuedToken.Of(Show(result.Token), result.Value!), ManagementJsonContext.Default.IssuedToken, statusCode: status);
    }

    /// <summary>Why something was not done.</summary>
    /// <param name="context">The request.</param>
    /// <param name="result">What the manager says.</param>
    /// <param name="body">What is wrong with the request's own form, which is told together with the rest.</param>
    /// <param name="ifVersion">The version that the request named, or null.</param>
    /// <param name="expiryMember">The member that holds the expiry.</param>
    public IResult Refuse(
        HttpContext context, PersonalAccessTokenResult result, RequestBody body, long? ifVersion = null, string expiryMember = "expiresAt")
    {
        switch (result.Failure)
        {
            case PersonalAccessTokenFailure.Invalid:
                foreach (var (field, messages) in result.Errors)
                {
                    body.AddErrors(field == "expiresAt" ? expiryMember : field, messages);
                }

                return TypedResults.ValidationProblem(body.FindErrors()!);

            case PersonalAccessTokenFailure.NotFound:
                return NotFound();

            case PersonalAccessTokenFailure.NotUsable:
                return NotUsable(result.Token!);

            case PersonalAccessTokenFailure.VersionMismatch when ifVersion is not null:
                return Changed();

            case PersonalAccessTokenFailure.VersionMismatch:
                return TypedResults.Problem(
                    "The token was changed by others at the same time. Try again.", statusCode: StatusCodes.Status409Conflict);

            case PersonalAccessTokenFailure.TooManySecrets:
                context.Response.Headers.RetryAfter = SecretsRetryAfter;
                return TypedResults.Problem(
                    "You have created and rotated as many tokens as one may in 24 hours. Try again later.",
                    statusCode: StatusCodes.Status429TooManyRequests);

            case PersonalAccessTokenFailure.OwnerDisabled:
                return OwnerDisabled();

            case PersonalAccessTokenFailure.OwnerChanged:
                return new EndedSession();

            default:
                throw new InvalidOperationException($"A request to manage tokens can't fail by {result.Failure}.");
        }
    }

    public static ProblemHttpResult OwnerDisabled() => TypedResults.Problem(
        "Your account is not allowed to have tokens.", statusCode: StatusCodes.Status403Forbidden);
}

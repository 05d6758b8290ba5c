using System.Net;

namespace Pat.Client;

/// <summary>What an answer that refuses a request says of its token, in words that tell what to do.</summary>
internal static class Refusal
{
    /// <summary>The exception for an answer, or null where it refuses nothing.</summary>
    public static PersonalAccessTokenException? Of(
        HttpResponseMessage response, Uri origin, TokenSource source, TimeProvider timeProvider) => response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => Unauthorized(BearerChallenge.Find(response), Destination.Show(origin), source),
            HttpStatusCode.Forbidden => Forbidden(BearerChallenge.Find(response), Destination.Show(origin)),
            HttpStatusCode.TooManyRequests => Busy(
                response, PersonalAccessTokenProblem.TooManyRequests, $"{Destination.Show(origin)} got too many requests (429).", timeProvider),
            HttpStatusCode.ServiceUnavailable => Busy(
                response, PersonalAccessTokenProblem.Unavailable, $"{Destination.Show(origin)} can't answer at present (503).", timeProvider),
            _ => null,
        };

    private static PersonalAccessTokenException Unauthorized(BearerChallenge? challenge, string origin, TokenSource source) =>
        challenge?.Error == "invalid_token"
            ? new(
                PersonalAccessTokenProblem.TokenRefused,
                $"{origin} refused the token in {source} (401): {challenge.Description ?? "It is unknown, expired or revoked."} Create a new one and store it there.",
                HttpStatusCode.Unauthorized)
            : new(
                PersonalAccessTokenProblem.NotAuthenticated,
                $"{origin} asks for authentication (401) and does not mention the token, so it may not have got it. Check that this server created the token in {source}, and that nothing on the way removes the Authorization header.",
                HttpStatusCode.Unauthorized);

    private static PersonalAccessTokenException Forbidden(BearerChallenge? challenge, string origin) => challenge switch
    {
        { Error: "insufficient_scope", Scopes: [_, ..] scopes } => new(
            PersonalAccessTokenProblem.InsufficientScope,
            $"The token may not do this (403): it lacks the scope {string.Join(", ", scopes.Select(static scope => $"'{scope}'"))}. Add the scope to the token where you created it, or use a token that has it.",
            HttpStatusCode.Forbidden)
        {
            MissingScopes = scopes,
        },
        { Error: "insufficient_scope" } => new(
            PersonalAccessTokenProblem.TokensNotAccepted,
            $"{origin} does not let the token do this (403): {challenge.Description ?? "It names no scope that would."} Sign in there to do it.",
            HttpStatusCode.Forbidden),
        _ => new(
            PersonalAccessTokenProblem.Forbidden,
            $"{origin} does not allow this (403), whatever the token's scopes. Ask for access there.",
            HttpStatusCode.Forbidden),
    };

    private static PersonalAccessTokenException Busy(
        HttpResponseMessage response, PersonalAccessTokenProblem problem, string what, TimeProvider timeProvider)
    {
        var delay = RetryDelay.Of(response, timeProvider);
        var advice = delay is { } wait ? $"Try again in {Math.Ceiling(wait.TotalSeconds)} s." : "Try again later.";
        return new(problem, $"{what} {advice}", response.StatusCode) { RetryAfter = delay };
    }
}

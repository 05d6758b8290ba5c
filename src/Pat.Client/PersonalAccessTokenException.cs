using System.Net;

namespace Pat.Client;

/// <summary>
/// A request with a personal access token was not sent, or was refused. The message says what to do and holds no part of
/// the token. <see cref="HttpRequestException.StatusCode"/> is null where there was no answer.
/// </summary>
/// <param name="problem">What happened.</param>
/// <param name="message">What happened and what to do, for people.</param>
/// <param name="statusCode">The status of the answer, or null where nothing was sent.</param>
/// <param name="innerException">What caused it, or null.</param>
public sealed class PersonalAccessTokenException(
    PersonalAccessTokenProblem problem, string message, HttpStatusCode? statusCode = null, Exception? innerException = null)
    : HttpRequestException(message, innerException, statusCode)
{
    /// <summary>What happened.</summary>
    public PersonalAccessTokenProblem Problem { get; } = problem;

    /// <summary>The scopes that the endpoint asks for and the token lacks, where the server named them; else empty.</summary>
    public IReadOnlyList<string> MissingScopes { get; init; } = [];

    /// <summary>How long the server asks to wait, from the answer on, or null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Pat.Client;
using TaskCli.Tasks;

namespace TaskCli;

/// <summary>What went wrong, for people and for scripts.</summary>
/// <param name="ExitCode">What the process ends with.</param>
/// <param name="Message">What happened and what to do.</param>
internal sealed record Failure(ExitCode ExitCode, string Message)
{
    public static Failure Of(Exception exception, Uri server) => exception switch
    {
        PersonalAccessTokenException refused => Of(refused, server),
        OptionsValidationException invalid => new(ExitCode.Usage, $"{TaskServer.Variable}: {invalid.Failures.First()}"),
        TaskNotFoundException => new(ExitCode.NotFound, exception.Message),
        InvalidTaskException => new(ExitCode.Usage, exception.Message),
        HttpRequestException failed => Of(failed, server),
        OperationCanceledException { InnerException: TimeoutException } => Unavailable(server),
        OperationCanceledException => new(ExitCode.Cancelled, "Stopped."),
        JsonException => new(ExitCode.Unexpected, $"{server} answered something else than tasks. Is it the task tracker? See {TaskServer.Variable}."),
        _ => new(ExitCode.Unexpected, exception.Message),
    };

    private static Failure Of(PersonalAccessTokenException refused, Uri server) => refused.Problem switch
    {
        PersonalAccessTokenProblem.InsufficientScope or PersonalAccessTokenProblem.TokensNotAccepted
            or PersonalAccessTokenProblem.Forbidden => new(ExitCode.NotAllowed, refused.Message),
        PersonalAccessTokenProblem.TooManyRequests or PersonalAccessTokenProblem.Unavailable =>
            new(ExitCode.Unavailable, refused.Message),
        PersonalAccessTokenProblem.ForeignOrigin or PersonalAccessTokenProblem.ForeignRedirect =>
            new(ExitCode.Usage, $"{refused.Message} See {TaskServer.Variable}."),
        _ => new(ExitCode.NotAuthorized, $"{refused.Message}\nYou create tokens at {new Uri(server, "profile/security")}."),
    };

    private static Failure Of(HttpRequestException failed, Uri server) => failed.StatusCode switch
    {
        null when failed.HttpRequestError == HttpRequestError.SecureConnectionError => new(
            ExitCode.Unavailable, $"The connection to {server} is not secure: its certificate is not trusted here. Nothing was sent."),
        null or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => Unavailable(server),
        HttpStatusCode.NotFound => new(ExitCode.NotFound, $"There are no tasks at {server} (404). Is it the task tracker? See {TaskServer.Variable}."),
        { } status => new(ExitCode.Unexpected, $"{server} failed ({(int)status}). Try again later, or tell those who run it."),
    };

    private static Failure Unavailable(Uri server) =>
        new(ExitCode.Unavailable, $"{server} does not answer. Start it, or set {TaskServer.Variable} to where it is.");
}

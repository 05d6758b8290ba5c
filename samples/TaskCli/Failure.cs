using System.Net;
using System.Security.Authentication;
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
        OptionsValidationException when server.Scheme == Uri.UriSchemeHttp => new(
            ExitCode.Usage, $"Nothing was sent: {server} is neither HTTPS nor this machine, so others on the way could read your token. Set {TaskServer.Variable} to an https:// address."),
        TaskNotFoundException => new(ExitCode.NotFound, exception.Message),
        InvalidTaskException => new(ExitCode.Usage, exception.Message),
        HttpRequestException failed => Of(failed, server),
        OperationCanceledException { InnerException: TimeoutException } => Unavailable(server),
        OperationCanceledException => new(ExitCode.Cancelled, "Stopped."),
        JsonException => WrongServer(server, "something else answered"),
        _ => new(ExitCode.Unexpected, exception.Message),
    };

    private static Failure Of(PersonalAccessTokenException refused, Uri server) => refused.Problem switch
    {
        PersonalAccessTokenProblem.InsufficientScope =>
            new(ExitCode.NotAllowed, $"{refused.Message}\nYour tokens are at {new Uri(server, "profile/security")}."),
        PersonalAccessTokenProblem.TokensNotAccepted or PersonalAccessTokenProblem.Forbidden =>
            new(ExitCode.NotAllowed, refused.Message),
        PersonalAccessTokenProblem.TooManyRequests or PersonalAccessTokenProblem.Unavailable =>
            new(ExitCode.Unavailable, refused.Message),
        PersonalAccessTokenProblem.ForeignOrigin or PersonalAccessTokenProblem.ForeignRedirect =>
            new(ExitCode.Usage, $"{refused.Message}\nThe client's address is in {TaskServer.Variable}."),
        _ => new(ExitCode.NotAuthorized, $"{refused.Message}\nYou can create a token at {new Uri(server, "profile/security")}."),
    };

    private static Failure Of(HttpRequestException failed, Uri server) => failed.StatusCode switch
    {
        null when failed.HttpRequestError == HttpRequestError.SecureConnectionError => IsCertificateRefused(failed)
            ? new(ExitCode.Unavailable, $"Nothing was sent: the certificate of {server} is not trusted on this machine. Trust it, or tell whoever runs the server.")
            : new(ExitCode.Usage, $"Nothing was sent: {server} does not speak HTTPS. {HttpAdvice(server)}"),
        null or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => Unavailable(server),
        HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => WrongServer(server, $"{(int)failed.StatusCode}"),
        { } status => new(ExitCode.Unexpected, $"{server} failed ({(int)status}). Try again later, or tell whoever runs the server."),
    };

    // .NET has no type of its own for it; all other failures come before a certificate is seen.
    private static bool IsCertificateRefused(HttpRequestException failed) =>
        failed.InnerException is AuthenticationException { Message: var message }
        && message.Contains("certificate", StringComparison.OrdinalIgnoreCase);

    private static string HttpAdvice(Uri server) => server.IsLoopback
        ? $"Try http:// in {TaskServer.Variable}."
        : $"Set {TaskServer.Variable} to an address that does.";

    private static Failure WrongServer(Uri server, string reason) => new(
        ExitCode.Usage, $"Taskboard is not at {server} ({reason}). Set {TaskServer.Variable} to the address of its start page, such as {TaskServer.Default}.");

    private static Failure Unavailable(Uri server) =>
        new(ExitCode.Unavailable, $"{server} does not answer. Start Taskboard there, or set {TaskServer.Variable} to where it runs.");
}

using System.CommandLine;
using System.CommandLine.Invocation;

namespace TaskCli;

/// <summary>The usual help, and what a script needs to know.</summary>
internal sealed class HelpWithExitCodes(CommandLineAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = ((SynchronousCommandLineAction)help).Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(
            $"""
            Environment:
              TASKS_ACCESS_TOKEN  Your personal access token. It is never taken from an argument, which others could see.
              {TaskServer.Variable}        The address of Taskboard. Default: {TaskServer.Default}
              NO_COLOR            If set to anything, there are no colours.

            Exit codes:
              {ExitCode.Ok:D}    Done.
              {ExitCode.Unexpected:D}    Something unexpected.
              {ExitCode.Usage:D}    The command line, a value in it or a setting is wrong.
              {ExitCode.NotAuthorized:D}    There is no usable token: it is missing, incomplete, unknown, expired or revoked.
              {ExitCode.NotAllowed:D}    The token may not do this: it lacks a scope.
              {ExitCode.NotFound:D}    There is no such task.
              {ExitCode.Unavailable:D}    The server does not answer, or is too busy.
              {ExitCode.Cancelled:D}  Stopped by Ctrl+C.
            """);
        return result;
    }
}

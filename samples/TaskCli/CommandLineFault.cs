using System.CommandLine;

namespace TaskCli;

/// <summary>What is wrong with a command line, in one sentence: the first thing alone, since the rest follows from it.</summary>
internal static class CommandLineFault
{
    public static string Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var unknown = parsed.UnmatchedTokens is [var first, ..] ? first : null;
        return (unknown, command) switch
        {
            (['-', ..], _) => $"There is no option '{unknown}'.",
            (not null, _) when OwnerOf(unknown, command) is { } owner => $"There is no command '{unknown}', only '{owner.Name} {unknown}'.",
            (not null, { Subcommands.Count: > 0 }) => $"There is no command '{unknown}', only {NamesIn(command)}.",
            (not null, _) => $"'{unknown}' is one argument too many; put what contains spaces in quotation marks.",
            (null, { Subcommands.Count: > 0 }) => $"A command is missing: {NamesIn(command)}.",
            _ when Missing(parsed) is { } argument => $"The <{argument.Name}> is missing after '{command.Name}'.",
            _ => parsed.Errors[0].Message,
        };
    }

    /// <summary>Where the command is that somebody had in mind, one level below.</summary>
    private static Command? OwnerOf(string name, Command command) =>
        command.Subcommands.FirstOrDefault(owner => owner.Subcommands.Any(inner => inner.Name == name));

    private static Argument? Missing(ParseResult parsed) =>
        parsed.CommandResult.Command.Arguments.FirstOrDefault(argument => parsed.GetResult(argument) is null or { Tokens.Count: 0 });

    private static string NamesIn(Command command) => string.Join(" or ", command.Subcommands.Select(static inner => $"'{inner.Name}'"));
}

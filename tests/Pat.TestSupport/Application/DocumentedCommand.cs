using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Pat.TestSupport;

/// <summary>A command that the manual shows, as the shell reads it: without comments, quotation marks and broken lines.</summary>
/// <param name="Words">The program, and what it is given.</param>
public sealed partial record DocumentedCommand(IReadOnlyList<string> Words)
{
    // In place of the programs: they say what they were given, and end it by a line break of its own. No other program is found.
    private const string Shell = """
        set -e
        PATH=
        say() { printf '%s\0' "$@" $'\n'; }
        dotnet() { say dotnet "$@"; }
        bash() { say bash "$@"; }
        curl() { say curl "$@"; }
        cd() { :; }

        """;

    /// <summary>The one command of a page's block of commands.</summary>
    /// <param name="page">The page's path in the repository.</param>
    /// <param name="start">What the block begins with, enough to know it from the page's others.</param>
    public static async Task<DocumentedCommand> ReadAsync(string page, string start)
    {
        var text = Block().Matches(await File.ReadAllTextAsync(Repository.PathOf(page))).Select(block => block.Groups["text"].Value)
            .Single(block => block.StartsWith(start, StringComparison.Ordinal));
        return (await ReadAllAsync(text)).Single();
    }

    /// <summary>The commands of dotnet, bash and curl in a text, none of which is run.</summary>
    public static async Task<IReadOnlyList<DocumentedCommand>> ReadAllAsync(string text)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", Shell + text]) { RedirectStandardOutput = true })!;
        var said = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        if (bash.ExitCode != 0)
        {
            throw new InvalidDataException($"These are not commands of dotnet, bash and curl alone: {text}");
        }

        return [.. said.Split("\n\0", StringSplitOptions.RemoveEmptyEntries).Select(words => new DocumentedCommand(words.TrimEnd('\0').Split('\0')))];
    }

    /// <summary>What is given to the project that <c>dotnet run --project</c> names: all behind <c>--</c>.</summary>
    public IReadOnlyList<string> ArgumentsFor(string project) => Words.ToArray() switch
    {
        ["dotnet", "run", "--project", var named] when named == project => [],
        ["dotnet", "run", "--project", var named, "--", .. var arguments] when named == project => [.. arguments],
        _ => throw new InvalidDataException($"This does not run {project}: {string.Join(' ', Words)}"),
    };

    [GeneratedRegex("^```sh\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}

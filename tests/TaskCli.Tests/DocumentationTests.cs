using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pat.TestSupport;

namespace TaskCli.Tests;

/// <summary>What docs/clients.md shows is what there is.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string[] Scopes = ["write"];

    [Fact]
    public async Task The_session_answers_what_it_says()
    {
        await using var database = TestDatabase.SqliteFile();
        await using var application = await RunningTaskApi.StartAsync(database);
        var session = await ReadBlockAsync("console");

        var transcript = await RunAsync(Commands(session), application.Address, await CreateTokenAsync(application));

        Assert.Equal(Fixed(session), Fixed(transcript));
    }

    [Fact]
    public async Task The_command_of_the_README_lists_tasks()
    {
        var command = await DocumentedCommand.ReadAsync("README.md", "dotnet run --project samples/TaskCli");
        await using var database = TestDatabase.SqliteFile();
        await using var application = await RunningTaskApi.StartAsync(database);

        var listed = await Cli.RunAsync(application.Address, await CreateTokenAsync(application), [.. command.ArgumentsFor("samples/TaskCli")]);

        Assert.Equal((0, ""), (listed.ExitCode, listed.Error));
        Assert.Contains("Water the plants", listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Python_code_is_the_sample() =>
        Assert.Equal(await File.ReadAllTextAsync(Repository.PathOf("samples/list_tasks.py")), await ReadBlockAsync("python"));

    private static async Task<string> CreateTokenAsync(RunningTaskApi application)
    {
        var alice = new Caller(application.CreateClient(), "alice@example.com");
        await alice.SignInAsync();
        var response = await alice.Http.PostAsJsonAsync(
            Caller.Tokens, new { name = "laptop", scopes = Scopes, expiresInDays = 30 });
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private static IEnumerable<string> Commands(string session) =>
        session.Split('\n').Where(static line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(static line => line[2..]);

    /// <summary>Runs the commands one after the other, as the page has them.</summary>
    private static async Task<string> RunAsync(IEnumerable<string> commands, Uri server, string token)
    {
        var address = server.ToString().TrimEnd('/');
        var script = string.Concat(commands.Select(command => Step(command, address)));
        using var bash = Cli.Start("bash", ["-c", "exec 2>&1\n" + script], address, token);
        var transcript = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return transcript.Replace(address, "http://localhost:5080", StringComparison.Ordinal);
    }

    /// <summary>Prints a command and runs it; some answers end without a line break.</summary>
    private static string Step(string command, string address)
    {
        // What was built is run: `dotnet run` would build it again while other tests run it.
        var run = command
            .Replace("dotnet run --project samples/TaskCli --", $"dotnet '{Cli.Program}'", StringComparison.Ordinal)
            .Replace("http://localhost:5080", address, StringComparison.Ordinal);
        return $$"""
            cat <<'END'
            $ {{command}}
            END
            answer=$({{run}})
            [[ -z $answer ]] || printf '%s\n' "$answer"

            """;
    }

    /// <summary>What differs from one run to the next, made the same.</summary>
    private static string Fixed(string transcript) => Time().Replace(Id().Replace(transcript, "ID"), "TIME");

    private static async Task<string> ReadBlockAsync(string language)
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs/clients.md"));
        var start = page.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"\b[0-9A-Za-z]{22}\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC")]
    private static partial Regex Time();
}

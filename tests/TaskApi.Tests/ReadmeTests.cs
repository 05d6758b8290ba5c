using System.Diagnostics;
using System.Text.RegularExpressions;
using Pat.TestSupport;

namespace TaskApi.Tests;

/// <summary>What the README shows is what there is.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = Repository.PathOf("README.md");

    [Theory]
    [InlineData("csharp", "samples/QuickStart/Program.cs")]
    [InlineData("python", "samples/list_tasks.py")]
    public async Task Its_code_is_a_sample(string language, string file) =>
        Assert.Equal(await File.ReadAllTextAsync(Repository.PathOf(file)), await ReadBlockAsync(language));

    [Fact]
    public async Task Its_session_answers_what_it_says()
    {
        await using var database = TestDatabase.SqliteFile();
        var command = await DocumentedCommand.ReadAsync("README.md", "dotnet run --project samples/TaskApi\n");
        await using var application = await RunningTaskApi.StartAsync(command, database.ConnectionString);
        var directory = Directory.CreateTempSubdirectory("pat-readme-");
        try
        {
            var transcript = await RunSessionAsync(application.Address, directory.FullName);

            Assert.Equal(Fixed(await ReadBlockAsync("console")), Fixed(transcript));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(null, "Set TASKS_ACCESS_TOKEN to a token.\n")]
    [InlineData("task_pat_wrong", "{0} answered 401 Unauthorized. Is the token still good?\n")]
    public async Task Its_script_says_in_a_line_what_is_wrong(string? token, string message)
    {
        await using var database = TestDatabase.SqliteFile();
        await using var application = await RunningTaskApi.StartAsync(database);
        var server = application.Address.ToString().TrimEnd('/');

        Assert.Equal((1, message.Replace("{0}", server, StringComparison.Ordinal)), await RunScriptAsync(server, token));
    }

    [Fact]
    public async Task Its_script_says_in_a_line_that_nobody_answers()
    {
        var (code, error) = await RunScriptAsync("http://127.0.0.1:1", "task_pat_wrong");

        Assert.Equal(1, code);
        Assert.Matches(@"\Ahttp://127\.0\.0\.1:1 does not answer: .*\n\z", error);
    }

    /// <summary>Where the session asks, which the command itself does not say.</summary>
    [Theory]
    [InlineData("samples/TaskApi/appsettings.json", "Urls")]
    [InlineData("samples/TaskApi/Properties/launchSettings.json", "applicationUrl")]
    public async Task Its_command_starts_it_where_the_session_asks(string settings, string name) =>
        Assert.Contains($"\"{name}\": \"http://localhost:5080\"", await File.ReadAllTextAsync(Repository.PathOf(settings)), StringComparison.Ordinal);

    private static async Task<string> RunSessionAsync(Uri server, string directory)
    {
        var start = new ProcessStartInfo(
            "bash",
            [Repository.PathOf("tests/TaskApi.Tests/readme-session.sh"), Readme, server.ToString().TrimEnd('/')])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
        };
        using var session = Process.Start(start)!;
        var transcript = await session.StandardOutput.ReadToEndAsync();
        await session.WaitForExitAsync();
        Assert.Equal(0, session.ExitCode);
        return transcript;
    }

    private static async Task<(int Code, string Error)> RunScriptAsync(string server, string? token)
    {
        var start = new ProcessStartInfo("python3", [Repository.PathOf("samples/list_tasks.py")]) { RedirectStandardError = true };
        start.Environment["TASKS_SERVER"] = server;
        start.Environment["TASKS_ACCESS_TOKEN"] = token;
        using var script = Process.Start(start)!;
        var error = await script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();
        return (script.ExitCode, error);
    }

    /// <summary>What differs from one run to the next, made the same.</summary>
    private static string Fixed(string transcript)
    {
        var withoutTokens = Token().Replace(transcript, "TOKEN");
        var withoutIds = Id().Replace(withoutTokens, "ID");
        return Time().Replace(withoutIds, "TIME");
    }

    private static async Task<string> ReadBlockAsync(string language)
    {
        var readme = await File.ReadAllTextAsync(Readme);
        var start = readme.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex("task_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{49}")]
    private static partial Regex Token();

    [GeneratedRegex("""
        (?<="id":")[0-9A-Za-z]{22}(?=")
        """)]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T[\d:.]+Z")]
    private static partial Regex Time();
}

using System.Diagnostics;
using System.Reflection;
using Pat.TestSupport;

namespace TaskCli.Tests;

/// <summary>TaskCli as its user starts it: a process of its own.</summary>
internal static class Cli
{
    /// <summary>The longest that a test waits for anything.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    public static string Program { get; } = Path.GetFullPath(
        typeof(Cli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static attribute => attribute.Key == "TaskCli").Value!);

    public static Task<CommandResult> RunAsync(Uri server, string? token, params string[] arguments) =>
        RunAsync(server.ToString(), token, arguments);

    public static async Task<CommandResult> RunAsync(string server, string? token, params string[] arguments)
    {
        using var process = Start("dotnet", [Program, .. arguments], server, token);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Limit);
        return new CommandResult(process.ExitCode, await output, await error);
    }

    /// <summary>Starts a program with TaskCli's settings, its output redirected.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, string server, string? token)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            // Where a reader of the documentation stands.
            WorkingDirectory = Repository.PathOf(""),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TASKS_SERVER"] = server;
        start.Environment["TASKS_ACCESS_TOKEN"] = token;
        start.Environment.Remove("NO_COLOR");
        return Process.Start(start)!;
    }
}

using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TaskCli.Tests;

/// <summary>What somebody at a terminal sees; <c>script</c> of util-linux is the terminal.</summary>
public sealed class TerminalTests(Taskboard taskboard)
{
    [Fact]
    public async Task Colours_are_shown_unless_they_are_not_wanted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have another terminal.");
        var token = await taskboard.CreateTokenAsync("write");
        var created = await Cli.RunAsync(taskboard.Address, token, "task", "create", "Buy milk", "--json");
        await Cli.RunAsync(taskboard.Address, token, "task", "done", created.Json.GetProperty("id").ToString());

        var coloured = await ReadAsync(Start("", taskboard.Address, token), "yes");
        var plain = await ReadAsync(Start("NO_COLOR=1", taskboard.Address, token), "yes");

        Assert.Contains("\u001b[3", coloured, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[3", plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_wait_has_a_spinner()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have another terminal.");
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await StandInServer.StartAsync(async context =>
        {
            await seen.Task.WaitAsync(Cli.Limit);
            await context.Response.WriteAsync("""{"count":0,"results":[]}""");
        });

        var process = Start("", server.Address, Tokens.Unknown);
        await ReadAsync(process, "Reading tasks", keep: true);
        seen.SetResult();

        Assert.Contains("You have no tasks.", await ReadAsync(process, "NAME."), StringComparison.Ordinal);
    }

    private static Process Start(string setting, Uri server, string token) => Cli.Start(
        "script", ["-qec", $"{setting} TERM=xterm-256color dotnet '{Cli.Program}' task ls", "/dev/null"], server.ToString(), token);

    /// <summary>What the terminal shows up to a text, or to the end of the process.</summary>
    private static async Task<string> ReadAsync(Process process, string end, bool keep = false)
    {
        using var limit = new CancellationTokenSource(Cli.Limit);
        var shown = new StringBuilder();
        var buffer = new char[1024];
        while (!shown.ToString().Contains(end, StringComparison.Ordinal)
            && await process.StandardOutput.ReadAsync(buffer, limit.Token) is > 0 and var length)
        {
            shown.Append(buffer, 0, length);
        }

        if (!keep)
        {
            shown.Append(await process.StandardOutput.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            process.Dispose();
        }

        return shown.ToString();
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace TaskCli.Tests;

/// <summary>Message and exit code of what goes wrong. Nothing of it is on the standard output.</summary>
public sealed class FailureTests(TaskTracker tracker)
{
    private string CreateOne => $"You create tokens at {tracker.Address}profile/security.\n";

    private string Server => tracker.Address.ToString().TrimEnd('/');

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_token_it_tells_how_to_get_one(string? token) =>
        AssertFailed(
            3,
            "There is no token: the environment variable TASKS_ACCESS_TOKEN is empty or not set. Set TASKS_ACCESS_TOKEN to a token.\n" + CreateOne,
            await Cli.RunAsync(tracker.Address, token, "task", "ls"));

    [Fact]
    public async Task A_token_that_is_cut_off_is_told_and_not_shown()
    {
        var token = (await tracker.CreateTokenAsync("read"))[..60];

        var result = await Cli.RunAsync(tracker.Address, token, "task", "ls");

        AssertFailed(
            3,
            "Nothing was sent: the token in the environment variable TASKS_ACCESS_TOKEN is cut off, or is no token: it has 60 characters and not the form prefix_id_secret. Copy it again, all of it; if it was not kept, create a new one.\n" + CreateOne,
            result);
    }

    [Fact]
    public async Task A_token_that_the_server_does_not_know_is_refused()
    {
        var result = await Cli.RunAsync(tracker.Address, Tokens.Unknown, "task", "ls");

        AssertFailed(
            3,
            $"{Server} refused the token in the environment variable TASKS_ACCESS_TOKEN (401): The access token is malformed, unknown, expired or revoked. Create a new one and put it there.\n" + CreateOne,
            result);
    }

    [Fact]
    public async Task A_token_of_another_product_is_not_sent() =>
        Assert.Equal(3, (await Cli.RunAsync(tracker.Address, Tokens.OfAnotherProduct, "task", "ls")).ExitCode);

    [Theory]
    [InlineData("create", "Buy milk")]
    [InlineData("rm", "1")]
    public async Task A_token_that_may_only_read_changes_nothing(string command, string argument) =>
        AssertFailed(
            4,
            "The token may not do this (403): it lacks the scope 'write'. Add it to the token where you created it, or use a token that has it.\n",
            await Cli.RunAsync(tracker.Address, await tracker.CreateTokenAsync("read"), "task", command, argument));

    [Theory]
    [InlineData("done")]
    [InlineData("rm")]
    public async Task A_task_that_is_not_there_is_told(string command) =>
        AssertFailed(
            5,
            "There is no task 987654 among yours. See which there are: task ls.\n",
            await Cli.RunAsync(tracker.Address, await tracker.CreateTokenAsync("write"), "task", command, "987654"));

    [Fact]
    public async Task A_server_that_is_down_is_told()
    {
        var server = new Uri($"http://127.0.0.1:{FreePort()}/");

        AssertFailed(
            6,
            $"{server} does not answer. Start it, or set TASKS_SERVER to where it is.\n",
            await Cli.RunAsync(server, await tracker.CreateTokenAsync("read"), "task", "ls", "--json"));
    }

    [Fact]
    public async Task A_password_in_the_server_s_address_is_shown_to_nobody()
    {
        var server = new Uri($"http://127.0.0.1:{FreePort()}/");

        AssertFailed(
            6,
            $"{server} does not answer. Start it, or set TASKS_SERVER to where it is.\n",
            await Cli.RunAsync(new UriBuilder(server) { UserName = "alice", Password = "Passw0rd" }.Uri, Tokens.Unknown, "task", "ls"));
    }

    [Theory]
    [InlineData(429, "got too many requests (429). Try again later.")]
    [InlineData(503, "can't answer at present (503). Try again later.")]
    [InlineData(504, "does not answer. Start it, or set TASKS_SERVER to where it is.")]
    public async Task A_server_that_is_busy_is_told(int status, string expected)
    {
        await using var server = await StandInServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var result = await Cli.RunAsync(server.Address, Tokens.Unknown, "task", "ls");

        Assert.Equal(6, result.ExitCode);
        Assert.EndsWith($" {expected}\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_fails_is_told_without_a_stack_trace()
    {
        await using var server = await StandInServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        });

        AssertFailed(
            1,
            $"{server.Address} failed (500). Try again later, or tell those who run it.\n",
            await Cli.RunAsync(server.Address, Tokens.Unknown, "task", "ls"));
    }

    [Theory]
    [InlineData("<!doctype html>")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task A_server_that_is_something_else_is_told(string answer)
    {
        await using var server = await StandInServer.StartAsync(context => context.Response.WriteAsync(answer));

        AssertFailed(
            1,
            $"{server.Address} answered something else than tasks. Is it the task tracker? See TASKS_SERVER.\n",
            await Cli.RunAsync(server.Address, Tokens.Unknown, "task", "ls"));
    }

    [Fact]
    public async Task A_server_that_redirects_elsewhere_is_told()
    {
        await using var server = await StandInServer.StartAsync(context =>
        {
            context.Response.Redirect("https://tasks.example.com/");
            return Task.CompletedTask;
        });

        var result = await Cli.RunAsync(server.Address, Tokens.Unknown, "task", "ls");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("redirects to https://tasks.example.com", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_stops_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Windows has no signals, and env elsewhere no option for them.");
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await StandInServer.StartAsync(async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        // What runs in a shell's background ignores the signal, and so would whatever it starts.
        using var process = Cli.Start(
            "env", ["--default-signal=INT", "dotnet", Cli.Program, "task", "ls"], server.Address.ToString(), Tokens.Unknown);
        await asked.Task.WaitAsync(Cli.Limit);

        using var interrupt = Process.Start("/bin/sh", ["-c", $"kill -INT {process.Id}"]);
        await process.WaitForExitAsync().WaitAsync(Cli.Limit);

        Assert.Equal(130, process.ExitCode);
        Assert.Equal("Stopped.\n", await process.StandardError.ReadToEndAsync());
    }

    [Theory]
    [InlineData("http://tasks.example.com", "is neither HTTPS nor this machine")]
    [InlineData("tasks.example.com", "TASKS_SERVER is no address")]
    [InlineData("file:///etc", "TASKS_SERVER is no address")]
    public async Task A_server_that_may_not_get_a_token_is_told(string server, string expected)
    {
        var result = await Cli.RunAsync(server, Tokens.Unknown, "task", "ls");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_name_that_the_server_does_not_take_is_told_in_its_words()
    {
        var result = await Cli.RunAsync(
            tracker.Address, await tracker.CreateTokenAsync("write"), "task", "create", new string('x', 201));

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("The server does not take this: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("200", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("task")]
    [InlineData("task", "done", "first")]
    [InlineData("task", "create")]
    [InlineData("task", "ls", "--token=x")]
    public async Task A_wrong_command_line_is_told(params string[] arguments)
    {
        var result = await Cli.RunAsync(tracker.Address, null, arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.EndsWith("See what can be typed: --help.\n", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    private static void AssertFailed(int exitCode, string error, CommandResult result) =>
        Assert.Equal(new CommandResult(exitCode, "", error), result);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace TaskCli.Tests;

/// <summary>Message and exit code of what is wrong with the server, or with its address. Nothing of it is on the standard output.</summary>
public sealed class ServerFailureTests(Taskboard taskboard)
{
    private const string StartPage = "Set TASKS_SERVER to the address of its start page, such as http://localhost:5080.\n";

    [Fact]
    public async Task A_server_that_is_down_is_told()
    {
        var server = new Uri($"http://127.0.0.1:{FreePort()}/");

        AssertFailed(
            6,
            $"{server} does not answer. Start Taskboard there, or set TASKS_SERVER to where it runs.\n",
            await Cli.RunAsync(server, await taskboard.CreateTokenAsync("read"), "task", "ls", "--json"));
    }

    [Fact]
    public async Task A_password_in_the_server_s_address_is_shown_to_nobody()
    {
        var server = new Uri($"http://127.0.0.1:{FreePort()}/");

        AssertFailed(
            6,
            $"{server} does not answer. Start Taskboard there, or set TASKS_SERVER to where it runs.\n",
            await Cli.RunAsync(new UriBuilder(server) { UserName = "alice", Password = "Passw0rd" }.Uri, Tokens.Unknown, "task", "ls"));
    }

    [Theory]
    [InlineData(429, "got too many requests (429). Try again later.")]
    [InlineData(503, "can't answer at present (503). Try again later.")]
    [InlineData(504, "does not answer. Start Taskboard there, or set TASKS_SERVER to where it runs.")]
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
            $"{server.Address} failed (500). Try again later, or tell whoever runs the server.\n",
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
            2,
            $"Taskboard is not at {server.Address} (something else answered). {StartPage}",
            await Cli.RunAsync(server.Address, Tokens.Unknown, "task", "ls"));
    }

    [Theory]
    [InlineData(404, "task", "ls")]
    [InlineData(405, "task", "create", "Buy milk")]
    [InlineData(404, "task", "done", "1")]
    [InlineData(405, "task", "rm", "1")]
    [InlineData(404, "whoami")]
    public async Task A_wrong_path_is_not_told_as_a_missing_task(int status, params string[] arguments)
    {
        var server = new Uri(taskboard.Address, "nope/");

        AssertFailed(
            2,
            $"Taskboard is not at {server} ({status}). {StartPage}",
            await Cli.RunAsync(server, await taskboard.CreateTokenAsync("write"), arguments));
    }

    [Fact]
    public async Task A_wrong_path_that_answers_404_to_a_removal_too_is_not_told_as_a_missing_task()
    {
        await using var server = await StandInServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });

        AssertFailed(
            2,
            $"Taskboard is not at {server.Address} (404). {StartPage}",
            await Cli.RunAsync(server.Address, Tokens.Unknown, "task", "rm", "1"));
    }

    [Fact]
    public async Task A_server_that_speaks_no_HTTPS_is_told()
    {
        var server = new UriBuilder(taskboard.Address) { Scheme = Uri.UriSchemeHttps }.Uri;

        AssertFailed(
            2,
            $"Nothing was sent: {server} does not speak HTTPS. Try http:// in TASKS_SERVER.\n",
            await Cli.RunAsync(server, await taskboard.CreateTokenAsync("read"), "task", "ls"));
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_told()
    {
        await using var server = await StandInServer.StartAsync(static _ => Task.CompletedTask, https: true);

        AssertFailed(
            6,
            $"Nothing was sent: the certificate of {server.Address} is not trusted on this machine. Trust it, or tell whoever runs the server.\n",
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
        Assert.StartsWith("The server redirects to https://tasks.example.com, another origin, ", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("\nThe client's address is in TASKS_SERVER.\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "http://tasks.example.com",
        "Nothing was sent: http://tasks.example.com/ is neither HTTPS nor this machine, so others on the way could read your token. Set TASKS_SERVER to an https:// address.\n")]
    [InlineData("tasks.example.com", "TASKS_SERVER is not a web address. Set it to that of Taskboard, such as http://localhost:5080.\n")]
    [InlineData("file:///etc", "TASKS_SERVER is not a web address. Set it to that of Taskboard, such as http://localhost:5080.\n")]
    public async Task A_server_that_may_not_get_a_token_is_told(string server, string expected) =>
        AssertFailed(2, expected, await Cli.RunAsync(server, Tokens.Unknown, "task", "ls"));

    private static void AssertFailed(int exitCode, string error, CommandResult result) =>
        Assert.Equal(new CommandResult(exitCode, "", error), result);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

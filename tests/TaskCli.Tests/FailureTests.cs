using System.Diagnostics;

namespace TaskCli.Tests;

/// <summary>Message and exit code of what is wrong with the command line, the token or a task. Nothing of it is on the standard output.</summary>
public sealed class FailureTests(Taskboard taskboard)
{
    private string CreateOne => $"You can create a token at {taskboard.Address}profile/security.\n";

    private string Server => taskboard.Address.ToString().TrimEnd('/');

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_token_it_tells_how_to_get_one(string? token) =>
        AssertFailed(
            3,
            "There is no token: the environment variable TASKS_ACCESS_TOKEN is empty or not set. Set TASKS_ACCESS_TOKEN to a token.\n" + CreateOne,
            await Cli.RunAsync(taskboard.Address, token, "task", "ls"));

    [Fact]
    public async Task A_token_that_is_cut_off_is_told_and_not_shown()
    {
        var token = (await taskboard.CreateTokenAsync("read"))[..60];

        var result = await Cli.RunAsync(taskboard.Address, token, "task", "ls");

        AssertFailed(
            3,
            "Nothing was sent: the token in the environment variable TASKS_ACCESS_TOKEN is cut off, or is not a token: it has 60 characters, and not the form prefix_id_secret. Copy the whole token again, or create a new one if you did not keep it.\n" + CreateOne,
            result);
    }

    [Fact]
    public async Task A_token_that_the_server_does_not_know_is_refused()
    {
        var result = await Cli.RunAsync(taskboard.Address, Tokens.Unknown, "task", "ls");

        AssertFailed(
            3,
            $"{Server} refused the token in the environment variable TASKS_ACCESS_TOKEN (401): The access token is malformed, unknown, expired or revoked. Create a new one and store it there.\n" + CreateOne,
            result);
    }

    [Fact]
    public async Task A_token_of_another_product_is_not_sent() =>
        Assert.Equal(3, (await Cli.RunAsync(taskboard.Address, Tokens.OfAnotherProduct, "task", "ls")).ExitCode);

    [Theory]
    [InlineData("create", "Buy milk")]
    [InlineData("rm", "1")]
    public async Task A_token_that_may_only_read_changes_nothing(string command, string argument) =>
        AssertFailed(
            4,
            $"The token may not do this (403): it lacks the scope 'write'. Add the scope to the token where you created it, or use a token that has it.\nYour tokens are at {taskboard.Address}profile/security.\n",
            await Cli.RunAsync(taskboard.Address, await taskboard.CreateTokenAsync("read"), "task", command, argument));

    [Theory]
    [InlineData("done")]
    [InlineData("rm")]
    public async Task A_task_that_is_not_there_is_told(string command) =>
        AssertFailed(
            5,
            "You have no task 987654. Run 'task ls' to see your tasks and their numbers.\n",
            await Cli.RunAsync(taskboard.Address, await taskboard.CreateTokenAsync("write"), "task", command, "987654"));

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
    [InlineData(0, ' ', "The name must not be blank.")]
    [InlineData(3, ' ', "The name must not be blank.")]
    [InlineData(201, 'x', "The name must not be longer than 200 characters.")]
    public async Task A_name_that_the_server_does_not_take_is_told_in_its_words(int length, char character, string expected) =>
        AssertFailed(
            2,
            $"The server did not accept the task: {expected} Correct it and try again.\n",
            await Cli.RunAsync(taskboard.Address, await taskboard.CreateTokenAsync("write"), "task", "create", new string(character, length), "--json"));

    [Theory]
    [InlineData("A command is missing: 'task' or 'whoami'.")]
    [InlineData("A command is missing: 'ls' or 'create' or 'done' or 'rm'.", "task")]
    [InlineData("There is no command 'ls', only 'task ls'.", "ls")]
    [InlineData("There is no command 'list', only 'task' or 'whoami'.", "list")]
    [InlineData("There is no command 'list', only 'ls' or 'create' or 'done' or 'rm'.", "task", "list", "--json")]
    [InlineData("'first' is not a task number; 'task ls' shows them.", "task", "done", "first")]
    [InlineData("The <name> is missing after 'create'.", "task", "create")]
    [InlineData("'milk' is one argument too many; put what contains spaces in quotation marks.", "task", "create", "Buy", "milk")]
    [InlineData("There is no option '--token=x'.", "task", "ls", "--token=x")]
    [InlineData("There is no option '--token'.", "--token", "x", "task", "ls")]
    public async Task A_wrong_command_line_is_told_in_a_sentence(string expected, params string[] arguments) =>
        AssertFailed(2, $"{expected}\nAdd --help to see what you can type.\n", await Cli.RunAsync(taskboard.Address, null, arguments));

    private static void AssertFailed(int exitCode, string error, CommandResult result) =>
        Assert.Equal(new CommandResult(exitCode, "", error), result);
}

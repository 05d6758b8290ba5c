using System.Net.Http.Json;
using System.Text.Json;

namespace TaskCli.Tests;

/// <summary>What the commands do with a good token.</summary>
public sealed class TaskCommandTests(Taskboard taskboard)
{
    [Fact]
    public async Task Tasks_are_created_listed_completed_and_removed()
    {
        var token = await taskboard.CreateTokenAsync("write");

        var created = await Cli.RunAsync(taskboard.Address, token, "task", "create", "Buy milk", "--json");
        var id = created.Json.GetProperty("id").GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var done = await Cli.RunAsync(taskboard.Address, token, "task", "done", id);
        var list = await Cli.RunAsync(taskboard.Address, token, "task", "ls");
        var removed = await Cli.RunAsync(taskboard.Address, token, "task", "rm", id);
        var empty = await Cli.RunAsync(taskboard.Address, token, "task", "ls");

        Assert.Equal(new CommandResult(0, $"Done: task {id}, Buy milk\n", ""), done);
        Assert.Contains("Buy milk", list.Output, StringComparison.Ordinal);
        Assert.Contains("yes", list.Output, StringComparison.Ordinal);
        Assert.Equal(new CommandResult(0, $"Removed task {id}\n", ""), removed);
        Assert.Equal(new CommandResult(0, "You have no tasks. Add one: task create NAME.\n", ""), empty);
    }

    [Fact]
    public async Task JSON_is_one_document_for_each_command()
    {
        var token = await taskboard.CreateTokenAsync("write");

        var created = await Cli.RunAsync(taskboard.Address, token, "task", "create", "Buy milk", "--json");
        var id = created.Json.GetProperty("id").GetInt32();
        var done = await Cli.RunAsync(taskboard.Address, token, "--json", "task", "done", $"{id}");
        var list = await Cli.RunAsync(taskboard.Address, token, "task", "ls", "--json");
        var removed = await Cli.RunAsync(taskboard.Address, token, "task", "rm", $"{id}", "--json");

        Assert.Equal($$"""{"id":{{id}},"name":"Buy milk","done":false}""" + "\n", created.Output);
        Assert.Equal($$"""{"id":{{id}},"name":"Buy milk","done":true}""" + "\n", done.Output);
        Assert.Equal($$"""{"count":1,"results":[{"id":{{id}},"name":"Buy milk","done":true}]}""" + "\n", list.Output);
        Assert.Equal($$"""{"id":{{id}},"removed":true}""" + "\n", removed.Output);
    }

    [Fact]
    public async Task The_token_in_use_is_shown_without_its_value()
    {
        var token = await taskboard.CreateTokenAsync("read");

        var text = await Cli.RunAsync(taskboard.Address, token, "whoami");
        var json = await Cli.RunAsync(taskboard.Address, token, "whoami", "--json");

        Assert.Equal(0, text.ExitCode);
        Assert.Matches(@"^Token    My script\nId       \w{22}\nScopes   read\nStatus   active\nExpires  \d{4}-\d\d-\d\d \d\d:\d\d UTC\n$", text.Output);
        Assert.Equal("My script", json.Json.GetProperty("name").GetString());
        Assert.Equal(["read"], json.Json.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Equal(JsonValueKind.String, json.Json.GetProperty("expiresAt").ValueKind);
        Assert.DoesNotContain(token[^49..], text.Output + json.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[red]urgent[/] [link=https://example.com]x[/] [[ ]")]
    [InlineData("@list.txt")]
    [InlineData("Мыть окна 窓を洗う اغسل")]
    public async Task A_name_is_shown_as_it_is(string name)
    {
        var token = await taskboard.CreateTokenAsync("write");

        var created = await Cli.RunAsync(taskboard.Address, token, "task", "create", name);
        var list = await Cli.RunAsync(taskboard.Address, token, "task", "ls");

        Assert.Equal(0, created.ExitCode);
        Assert.EndsWith($": {name}\n", created.Output, StringComparison.Ordinal);
        Assert.Contains(name, list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_in_a_name_do_nothing()
    {
        var owner = await taskboard.RegisterAsync();
        await owner.Http.PostAsJsonAsync("/api/tasks", new { name = "a\u001b[2Jb\rc\u202ed\u009be" });
        var token = await owner.CreateTokenValueAsync("read");

        var list = await Cli.RunAsync(taskboard.Address, token, "task", "ls");
        var json = await Cli.RunAsync(taskboard.Address, token, "task", "ls", "--json");

        Assert.Contains("a\ufffd[2Jb\ufffdc\ufffdd\ufffde", list.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", list.Output + json.Output, StringComparison.Ordinal);
        Assert.Equal("a\u001b[2Jb\rc\u202ed\u009be", json.Json.GetProperty("results")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Help_tells_the_settings_and_the_exit_codes()
    {
        var help = await Cli.RunAsync(taskboard.Address, null, "--help");

        Assert.Equal(0, help.ExitCode);
        Assert.Contains("TASKS_ACCESS_TOKEN", help.Output, StringComparison.Ordinal);
        Assert.Matches(@"Exit codes:\n  0    Done\.\n(  \d    .*\n){6}  130  Stopped", help.Output);
    }
}

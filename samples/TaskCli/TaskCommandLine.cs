using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using TaskCli.Tasks;
using TaskCli.Terminal;

namespace TaskCli;

/// <summary>What can be typed, and what each command does.</summary>
internal sealed class TaskCommandLine
{
    private readonly RootCommand _root = new("Your tasks, from the command line.");
    private readonly CommandRunner _runner;

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Prints one JSON document, for scripts; nothing if the command fails.",
        Recursive = true,
    };

    public TaskCommandLine(CommandRunner runner)
    {
        _runner = runner;
        _root.Add(_json);
        _root.Add(new Command("task", "Lists and changes tasks.") { List(), Create(), Complete(), Remove() });
        _root.Add(WhoAmI());

        var help = _root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExitCodes(help.Action!);
    }

    public async Task<int> InvokeAsync(string[] args)
    {
        // A name may begin with '@': it is no file to read arguments from.
        var parsed = _root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            Screen.WriteError(CommandLineFault.Of(parsed));
            Screen.WriteError("Add --help to see what you can type.");
            return (int)ExitCode.Usage;
        }

        return await parsed.InvokeAsync();
    }

    private Command List()
    {
        var command = new Command("ls", "Lists your tasks.");
        command.SetAction((parsed, cancellationToken) => _runner.RunAsync(
            "Reading tasks",
            static (tasks, token) => tasks.ListAsync(token),
            ShowIn(parsed, TasksJson.Default.TaskPage, Screen.WriteTasks),
            cancellationToken));
        return command;
    }

    private Command Create()
    {
        var name = new Argument<string>("name") { Description = "What is to be done: up to 200 characters." };
        var command = new Command("create", "Adds a task.") { name };
        command.SetAction((parsed, cancellationToken) => _runner.RunAsync(
            "Adding the task",
            (tasks, token) => tasks.CreateAsync(parsed.GetRequiredValue(name), token),
            ShowIn(parsed, TasksJson.Default.TaskEntry, static task => Screen.WriteLine($"Added task {task.Id}: {task.Name}")),
            cancellationToken));
        return command;
    }

    private Command Complete()
    {
        var id = Number();
        var command = new Command("done", "Marks a task as done.") { id };
        command.SetAction((parsed, cancellationToken) => _runner.RunAsync(
            "Changing the task",
            (tasks, token) => tasks.CompleteAsync(parsed.GetRequiredValue(id), token),
            ShowIn(parsed, TasksJson.Default.TaskEntry, static task => Screen.WriteLine($"Done: task {task.Id}, {task.Name}")),
            cancellationToken));
        return command;
    }

    private Command Remove()
    {
        var id = Number();
        var command = new Command("rm", "Removes a task.") { id };
        command.SetAction((parsed, cancellationToken) => _runner.RunAsync(
            "Removing the task",
            (tasks, token) => tasks.RemoveAsync(parsed.GetRequiredValue(id), token),
            ShowIn(parsed, TasksJson.Default.RemovedTask, static task => Screen.WriteLine($"Removed task {task.Id}")),
            cancellationToken));
        return command;
    }

    private Command WhoAmI()
    {
        var command = new Command("whoami", "Shows the access token in use: its name, scopes and expiry.");
        command.SetAction((parsed, cancellationToken) => _runner.RunAsync(
            "Asking the server",
            static (tasks, token) => tasks.GetTokenAsync(token),
            ShowIn(parsed, TasksJson.Default.AccessToken, Screen.WriteToken),
            cancellationToken));
        return command;
    }

    private static Argument<int> Number() => new("id")
    {
        Description = "The task's number, as 'task ls' shows it.",
        CustomParser = static result =>
        {
            var text = result.Tokens[0].Value;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                result.AddError($"'{text}' is not a task number; 'task ls' shows them.");
            }

            return id;
        },
    };

    private Action<T> ShowIn<T>(ParseResult parsed, JsonTypeInfo<T> type, Action<T> show) =>
        parsed.GetValue(_json) ? value => Screen.WriteJson(value, type) : show;
}

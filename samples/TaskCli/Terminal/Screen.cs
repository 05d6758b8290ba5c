using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;
using TaskCli.Tasks;

namespace TaskCli.Terminal;

/// <summary>
/// What people and scripts read: results on the standard output, all else on the standard error. Text of others is written
/// as text: neither markup nor control characters in it do anything.
/// </summary>
internal sealed class Screen
{
    /// <summary>What is over within it needs no word.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    private readonly IAnsiConsole _error =
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public static void WriteError(string message)
    {
        foreach (var line in message.Split('\n'))
        {
            Console.Error.WriteLine(Printable.Of(line));
        }
    }

    public static void WriteLine(string line) => Console.Out.WriteLine(Printable.Of(line));

    public static void WriteJson<T>(T value, JsonTypeInfo<T> type) => Console.Out.WriteLine(JsonSerializer.Serialize(value, type));

    public static void WriteTasks(TaskPage tasks)
    {
        if (tasks.Results.Count == 0)
        {
            WriteLine("You have no tasks. Add one: task create NAME.");
            return;
        }

        var table = new Table().RoundedBorder()
            .AddColumn(new TableColumn("Id").RightAligned())
            .AddColumn("Task")
            .AddColumn("Done");
        foreach (var task in tasks.Results)
        {
            table.AddRow(
                new Text(task.Id.ToString(CultureInfo.InvariantCulture)),
                new Text(Printable.Of(task.Name)),
                task.Done ? new Text("yes", new Style(Color.Green)) : new Text("no"));
        }

        AnsiConsole.Write(table);
    }

    public static void WriteToken(AccessToken token)
    {
        WriteLine($"Token    {token.Name}");
        WriteLine($"Id       {token.Id}");
        WriteLine($"Scopes   {string.Join(", ", token.Scopes)}");
        WriteLine($"Status   {token.Status}");
        WriteLine($"Expires  {(token.ExpiresAt is { } end ? end.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "never")}");
    }

    /// <summary>Waits for something, with a spinner where somebody looks on and it takes long.</summary>
    public async Task<T> WaitAsync<T>(string doing, Task<T> work)
    {
        if (!Console.IsErrorRedirected && _error.Profile.Capabilities.Interactive
            && await Task.WhenAny(work, Task.Delay(Patience)) != work)
        {
            return await _error.Status().StartAsync(doing, _ => work);
        }

        return await work;
    }
}

using TaskCli.Tasks;
using TaskCli.Terminal;

namespace TaskCli;

/// <summary>Runs what a command does, shows what comes of it, and makes an exit code of what goes wrong.</summary>
/// <param name="client">Makes the client: where a setting is wrong, making it fails.</param>
/// <param name="screen">Where people wait.</param>
/// <param name="server">The server, for messages.</param>
internal sealed class CommandRunner(Func<TasksClient> client, Screen screen, Uri server)
{
    /// <param name="doing">What people read while it takes long.</param>
    /// <param name="work">What the command does.</param>
    /// <param name="show">Shows what came of it.</param>
    /// <param name="cancellationToken">Ends it, by Ctrl+C.</param>
    public async Task<int> RunAsync<T>(
        string doing, Func<TasksClient, CancellationToken, Task<T>> work, Action<T> show, CancellationToken cancellationToken)
    {
        try
        {
            show(await screen.WaitAsync(doing, work(client(), cancellationToken)));
            return (int)ExitCode.Ok;
        }
        catch (Exception exception)
        {
            var failure = Failure.Of(exception, server);
            Screen.WriteError(failure.Message);
            return (int)failure.ExitCode;
        }
    }
}

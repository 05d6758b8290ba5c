using System.Globalization;
using System.Text.RegularExpressions;
using Pat.TestSupport;

namespace Pat.History;

/// <summary>One copy of the application: a process of its own, behind a network of its own.</summary>
/// <param name="number">Which one, from 0.</param>
/// <param name="start">Starts its process; given its control file and who is told what it writes.</param>
/// <param name="network">All that it has of the network, to be broken.</param>
/// <param name="history">Where what it says of itself is kept.</param>
public sealed partial class ClusterNode(
    int number, Func<string, Action<string>, Task<RunningTaskApi>> start, IReadOnlyList<TcpProxy> network, RunHistory history) : IAsyncDisposable
{
    /// <summary>More than this ahead of time only a clock can be that was set.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    private readonly string _controlFile = Path.GetTempFileName();
    private RunningTaskApi? _process;

    public int Number => number;

    public IReadOnlyList<TcpProxy> Network => network;

    /// <summary>All that it has written since it was last started.</summary>
    public string Output => _process!.Output;

    /// <summary>Where it was last reached: nobody is there while it starts anew.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public async Task StartAsync()
    {
        _process = await start(_controlFile, Read);
        Address = _process.Address;
    }

    /// <summary>Stops it with SIGSTOP for a while, as a paused container or a sleeping machine would be.</summary>
    public async Task PauseAsync(TimeSpan time)
    {
        await _process!.SignalAsync("STOP");
        await Task.Delay(time);
        await _process.SignalAsync("CONT");
    }

    /// <summary>Sets its wall clock off.</summary>
    public async Task SetClockAsync(TimeSpan offset)
    {
        history.Clocks.Enqueue(new ClockSetting(number, history.Now, offset));
        await ControlAsync(string.Create(CultureInfo.InvariantCulture, $"clock {offset.TotalSeconds:F0}"));
    }

    /// <summary>Lets it die with SIGKILL as soon as it has committed a revocation.</summary>
    public Task ArmAsync() => ControlAsync("die");

    /// <summary>Whether its process has ended.</summary>
    public bool HasExited => _process!.HasExited;

    /// <summary>Starts it anew after it has died.</summary>
    public async Task StartAgainAsync()
    {
        var died = history.Now;
        await ControlAsync("");

        // All that it wrote has been read then.
        await _process!.DisposeAsync();
        _process = null;
        history.FeedEvents.Enqueue(new FeedEvent(number, history.Now, died));
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        foreach (var proxy in network)
        {
            await proxy.DisposeAsync();
        }

        File.Delete(_controlFile);
    }

    private async Task ControlAsync(string words)
    {
        // In one step, so that the node reads all of it or nothing.
        await File.WriteAllTextAsync($"{_controlFile}.new", words);
        File.Move($"{_controlFile}.new", _controlFile, overwrite: true);
    }

    private void Read(string line)
    {
        if (Propagated().Match(line) is { Success: true } propagated)
        {
            var took = TimeSpan.FromSeconds(double.Parse(propagated.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
            history.Propagations.Enqueue(new Propagation(number, history.Now, took));
        }
        else if (line == "pat-history negative")
        {
            history.Propagations.Enqueue(new Propagation(number, history.Now, Took: null));
        }
        else if (line.StartsWith("pat-history unobserved", StringComparison.Ordinal))
        {
            history.UnobservedFaults.Enqueue(new UnobservedFault(number, history.Now, line));
        }
        else if (FeedUp().IsMatch(line))
        {
            history.FeedEvents.Enqueue(new FeedEvent(number, history.Now, HeardUntil: null));
        }
        else if (FeedDown().Match(line) is { Success: true } down)
        {
            history.FeedEvents.Enqueue(new FeedEvent(number, history.Now, TimeOf(down.Groups[1].Value)));
        }
    }

    /// <summary>The time of the run, from what the node's clock said.</summary>
    private TimeSpan TimeOf(string said)
    {
        var time = DateTimeOffset.Parse(said, CultureInfo.InvariantCulture) - history.StartedAt;
        return time > history.Now + Ahead ? time - history.Clocks.Where(set => set.Node == number).Max(static set => set.Offset) : time;
    }

    [GeneratedRegex(@"^pat-history propagation (\S+)$")]
    private static partial Regex Propagated();

    [GeneratedRegex(@"Pat\.\w+\[420\]")]
    private static partial Regex FeedUp();

    [GeneratedRegex(@"Pat\.\w+\[42[13]\].* sent after (\S+) is sure")]
    private static partial Regex FeedDown();
}

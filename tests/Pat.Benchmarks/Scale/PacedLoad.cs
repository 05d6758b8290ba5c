using System.Collections.Concurrent;
using System.Diagnostics;

namespace Pat.Benchmarks;

/// <summary>Presentations of tokens in use at a steady rate, by callers that each wait for their answer.</summary>
internal sealed class PacedLoad(Node node, IReadOnlyCollection<string> tokens)
{
    private const int Callers = 8;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private readonly string[] _tokens = [.. tokens];

    /// <summary>How many a second there are, if they are answered in time.</summary>
    public static int Rate => (int)(Callers / Period.TotalSeconds);

    /// <summary>Presents tokens until <paramref name="meanwhile"/> has ended.</summary>
    /// <returns>Milliseconds of each.</returns>
    public async Task<Series> RunAsync(Task meanwhile)
    {
        var milliseconds = new ConcurrentQueue<double>();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => CallAsync(milliseconds, meanwhile)));
        await meanwhile;
        return new Series(milliseconds);
    }

    private async Task CallAsync(ConcurrentQueue<double> milliseconds, Task meanwhile)
    {
        await Task.Delay(Period * Random.Shared.NextDouble());
        using var timer = new PeriodicTimer(Period);
        while (!meanwhile.IsCompleted)
        {
            var started = Stopwatch.GetTimestamp();
            await Presentation.PresentAsync(node, _tokens[Random.Shared.Next(_tokens.Length)], isAccepted: true);
            milliseconds.Enqueue(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await timer.WaitForNextTickAsync();
        }
    }
}

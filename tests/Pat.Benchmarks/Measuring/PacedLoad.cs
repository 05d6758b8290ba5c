using System.Collections.Concurrent;
using System.Diagnostics;

namespace Pat.Benchmarks;

/// <summary>Calls at a steady rate, by callers that each wait for their answer.</summary>
/// <param name="callers">How many.</param>
/// <param name="period">The time between two calls of one of them, if the first is answered by then.</param>
/// <param name="call">What they do.</param>
internal sealed class PacedLoad(int callers, TimeSpan period, Func<Task> call)
{
    /// <summary>How many calls a second there are, if they are answered in time.</summary>
    public double Rate => callers / period.TotalSeconds;

    /// <summary>Calls until <paramref name="meanwhile"/> has ended.</summary>
    /// <returns>Milliseconds of each.</returns>
    public async Task<Series> RunAsync(Task meanwhile)
    {
        var milliseconds = new ConcurrentQueue<double>();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => CallAsync(milliseconds, meanwhile)));
        await meanwhile;
        return new Series(milliseconds);
    }

    private async Task CallAsync(ConcurrentQueue<double> milliseconds, Task meanwhile)
    {
        // Not all at the same moment.
        await Task.Delay(period * Random.Shared.NextDouble());
        using var timer = new PeriodicTimer(period);
        while (!meanwhile.IsCompleted)
        {
            var started = Stopwatch.GetTimestamp();
            await call();
            milliseconds.Enqueue(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await timer.WaitForNextTickAsync();
        }
    }
}

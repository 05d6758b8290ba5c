using System.Collections.Concurrent;
using System.Diagnostics;

namespace Pat.Benchmarks;

/// <summary>
/// Calls at a steady rate, by callers that each wait for their answer. What a slow answer holds up is called later and
/// counts from when it was due, so that no wait is left out of the figures.
/// </summary>
/// <param name="callers">How many.</param>
/// <param name="period">The time between the moments at which two calls of one of them are due.</param>
/// <param name="call">What they do.</param>
internal sealed class PacedLoad(int callers, TimeSpan period, Func<Task> call)
{
    /// <summary>How much later than asked for a timer may end: that is its own doing, not what is called.</summary>
    private static readonly TimeSpan TimerPrecision = TimeSpan.FromMilliseconds(2);

    /// <summary>How many calls are due a second.</summary>
    public double Rate => callers / period.TotalSeconds;

    /// <summary>Makes all calls that are due until <paramref name="meanwhile"/> has ended.</summary>
    /// <returns>Milliseconds from when each was due to its answer.</returns>
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
        var clock = Stopwatch.StartNew();
        TimeSpan? end = null;
        for (var due = TimeSpan.Zero; end is null || due < end; due += period)
        {
            var begun = await WaitAsync(clock, due);
            await call();
            milliseconds.Enqueue((clock.Elapsed - begun).TotalMilliseconds);
            end ??= meanwhile.IsCompleted ? clock.Elapsed : null;
        }
    }

    /// <returns>When the call that is now to be made counts as begun.</returns>
    private static async Task<TimeSpan> WaitAsync(Stopwatch clock, TimeSpan due)
    {
        var early = due - clock.Elapsed;
        if (early <= TimeSpan.Zero)
        {
            return due;
        }

        await Task.Delay(early);
        var woken = clock.Elapsed;
        return woken - due < TimerPrecision ? woken : due;
    }
}

using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Pat.TestSupport;

namespace Pat.Core.Tests;

/// <summary>A clock that a test moves, and that tells which delays were begun on it, so that no test has to guess when to move it.</summary>
internal sealed class ObservedTime() : FakeTimeProvider(TestTokens.Start)
{
    private readonly Channel<TimeSpan> _delays = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _delays.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits for the next delay to begin.</summary>
    public async Task<TimeSpan> NextDelayAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _delays.Reader.ReadAsync(limit.Token);
    }
}

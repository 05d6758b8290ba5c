using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Pat.TestSupport;

/// <summary>A clock that a test moves, and that tells which delays were begun on it, so that no test has to guess when to move it.</summary>
public sealed class ObservedTime() : FakeTimeProvider(SampleTokens.Start)
{
    private readonly Channel<TimeSpan> _delays = Channel.CreateUnbounded<TimeSpan>();
    private TimeSpan _wallClockLead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _wallClockLead;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    /// <summary>Moves the wall clock alone: it was set, or the machine slept, in which the monotonic one stands still.</summary>
    public void AdvanceWallClock(TimeSpan by) => _wallClockLead += by;

    /// <summary>Moves the monotonic clock alone: the wall clock was set back meanwhile.</summary>
    public void AdvanceMonotonicClock(TimeSpan by)
    {
        _wallClockLead -= by;
        Advance(by);
    }

    public void Advance(Clocks clocks, TimeSpan by)
    {
        switch (clocks)
        {
            case Clocks.Monotonic:
                AdvanceMonotonicClock(by);
                break;

            case Clocks.Wall:
                AdvanceWallClock(by);
                break;

            default:
                Advance(by);
                break;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _delays.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Lets time pass as it really does, or more slowly, while <paramref name="work"/> goes on.</summary>
    public async Task PassWhileAsync(Task work)
    {
        var step = TimeSpan.FromMilliseconds(5);
        while (await Task.WhenAny(work, Task.Delay(step)) != work)
        {
            Advance(step);
        }

        await work;
    }

    /// <summary>Forgets the delays that were begun so far.</summary>
    public void ForgetDelays()
    {
        while (_delays.Reader.TryRead(out _))
        {
        }
    }

    /// <summary>Waits for a delay of <paramref name="length"/> to begin.</summary>
    public async Task DelayBegunAsync(TimeSpan length)
    {
        while (await NextDelayAsync() != length)
        {
        }
    }

    /// <summary>Waits for the next delay to begin.</summary>
    public async Task<TimeSpan> NextDelayAsync()
    {
        using var limit = new CancellationTokenSource(TestDeadline.Limit);
        return await _delays.Reader.ReadAsync(limit.Token);
    }
}

using Microsoft.Extensions.Time.Testing;

namespace Pat.Client.Tests;

/// <summary>A clock that tells when somebody begins to wait, and for how long.</summary>
internal sealed class WaitingTimeProvider : FakeTimeProvider
{
    private readonly TaskCompletionSource<TimeSpan> _wait = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TimeSpan> Wait => _wait.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _wait.TrySetResult(dueTime);
        return timer;
    }
}

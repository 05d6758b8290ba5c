namespace Pat.History;

/// <summary>What befalls all that passes through a proxy at the moment.</summary>
internal sealed class TcpProxyConditions
{
    private TaskCompletionSource? _hole;
    private long _delayTicks;

    /// <summary>How long what is received from now on takes to arrive.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _delayTicks));
        set => Volatile.Write(ref _delayTicks, value.Ticks);
    }

    /// <summary>Lets nothing pass.</summary>
    public void HoldBack() =>
        Interlocked.CompareExchange(ref _hole, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);

    /// <summary>Lets everything pass at once.</summary>
    public void Heal()
    {
        Delay = TimeSpan.Zero;
        Interlocked.Exchange(ref _hole, null)?.SetResult();
    }

    /// <summary>Waits while nothing may pass.</summary>
    public async ValueTask WaitUntilPassableAsync(CancellationToken cancellationToken)
    {
        // Another fault may have begun by the time that the end of one is noticed.
        while (Volatile.Read(ref _hole) is { } hole)
        {
            await hole.Task.WaitAsync(cancellationToken);
        }
    }
}

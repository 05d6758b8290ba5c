namespace Pat.Core.Tests;

/// <summary>The synchronization context of a caller, as the thread of a user interface has one: counts what comes back to it.</summary>
internal sealed class CallersContext : SynchronizationContext
{
    private int _posted;

    /// <summary>How often something went on in it that began in it. What blocks its thread meanwhile would hang.</summary>
    public int Posted => Volatile.Read(ref _posted);

    public override void Post(SendOrPostCallback d, object? state)
    {
        Interlocked.Increment(ref _posted);
        base.Post(d, state);
    }

    /// <summary>Begins <paramref name="work"/> on this context.</summary>
    public T Begin<T>(Func<T> work)
    {
        var former = Current;
        SetSynchronizationContext(this);
        try
        {
            return work();
        }
        finally
        {
            SetSynchronizationContext(former);
        }
    }
}

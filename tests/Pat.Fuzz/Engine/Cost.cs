namespace Pat.Fuzz;

/// <summary>What one call of the product may take, and the most that any took.</summary>
internal sealed class Cost(TimeProvider clock)
{
    /// <summary>Far beyond what a text of such length may take, and far beyond any pause of a busy machine.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);

    private long _started;
    private long _allocated;

    public long MostAllocated { get; private set; }

    public TimeSpan MostTime { get; private set; }

    public void Start()
    {
        _started = clock.GetTimestamp();
        _allocated = GC.GetAllocatedBytesForCurrentThread();
    }

    /// <summary>Fails where this thread allocated more than <paramref name="maxAllocated"/> bytes since the start, or it took too long.</summary>
    public void Stop(long maxAllocated) => Judge(GC.GetAllocatedBytesForCurrentThread() - _allocated, maxAllocated);

    /// <summary>The same of an amount that was measured otherwise.</summary>
    public void Judge(long allocated, long maxAllocated)
    {
        var time = clock.GetElapsedTime(_started);
        MostTime = time > MostTime ? time : MostTime;
        FuzzFailure.Unless(time <= MaxTime, $"It took {time.TotalSeconds:0.0} seconds.");

        if (allocated > maxAllocated)
        {
            throw new AllocationFailure($"It allocated {allocated} bytes, and may {maxAllocated}.");
        }

        MostAllocated = Math.Max(MostAllocated, allocated);
    }
}

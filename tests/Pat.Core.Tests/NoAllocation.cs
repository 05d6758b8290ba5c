namespace Pat.Core.Tests;

/// <summary>Asserts that something is done without allocating.</summary>
internal static class NoAllocation
{
    private const int Rounds = 1_000;

    /// <summary>
    /// What the runtime hands a thread to allocate from. A collection, which other tests cause at any time, counts what is
    /// left of it as allocated, once; the least allocation in each round would be 24,000 bytes.
    /// </summary>
    private const int AllocationContext = 8 * 1024;

    public static void In(Action round)
    {
        round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            round();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocationContext);
    }
}

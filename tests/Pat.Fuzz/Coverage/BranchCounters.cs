namespace Pat.Fuzz;

/// <summary>How often each outcome of each branch of the instrumented code was taken since it was last asked.</summary>
public static class BranchCounters
{
    private static byte[] _counts = [];

    internal static Span<byte> Counts => _counts;

    /// <summary>What instrumented code calls. Counts stay at their greatest, as two threads' may be lost.</summary>
    public static void Hit(int outcome)
    {
        var counts = _counts;
        var count = counts[outcome];
        if (count != byte.MaxValue)
        {
            counts[outcome] = (byte)(count + 1);
        }
    }

    internal static void Reset(int outcomes) => _counts = new byte[outcomes];
}

using System.Numerics;

namespace Pat.Fuzz;

/// <summary>
/// Which outcomes of branches inputs took, and how often: as AFL counts, an input is new where it takes an outcome that no
/// other took, or takes one another number of times, in powers of two.
/// </summary>
internal sealed class BranchCoverage(string[] outcomes)
{
    /// <summary>For each outcome, one bit for each number of times that it was taken in one execution.</summary>
    private readonly byte[] _seen = new byte[outcomes.Length];

    public void Clear()
    {
        Array.Clear(_seen);
        BranchCounters.Reset(outcomes.Length);
    }

    /// <summary>Adds what was taken since the last call, and says whether any of it is new.</summary>
    public bool Add()
    {
        var counts = BranchCounters.Counts;
        var isNew = false;
        var at = 0;
        while (counts[at..].IndexOfAnyExcept((byte)0) is var next and >= 0)
        {
            at += next;
            var bit = BitOf(counts[at]);
            isNew |= (_seen[at] & bit) == 0;
            _seen[at] |= bit;
            counts[at] = 0;
        }

        return isNew;
    }

    /// <summary>What was taken since the last call, each outcome with its number of times, and nothing remembered of it.</summary>
    public static HashSet<int> Take()
    {
        var counts = BranchCounters.Counts;
        HashSet<int> taken = [];
        for (var at = 0; at < counts.Length; at++)
        {
            if (counts[at] != 0)
            {
                taken.Add((at << 8) | BitOf(counts[at]));
            }
        }

        counts.Clear();
        return taken;
    }

    /// <summary>How many outcomes there are in the branches of these types and methods.</summary>
    public int Count(IReadOnlyList<string> watched) => outcomes.Count(outcome => IsOf(outcome, watched));

    /// <summary>Those that no input took.</summary>
    public IEnumerable<string> Missing(IReadOnlyList<string> watched) =>
        outcomes.Where((outcome, index) => _seen[index] == 0 && IsOf(outcome, watched));

    private static byte BitOf(byte count) => (byte)(1 << BitOperations.Log2(count));

    /// <summary>Of the types and methods themselves, and of what stands in the types.</summary>
    private static bool IsOf(string outcome, IReadOnlyList<string> watched) => watched.Any(name =>
        outcome.StartsWith(name, StringComparison.Ordinal) && (outcome[name.Length] is '.' or '/' or ' '));
}

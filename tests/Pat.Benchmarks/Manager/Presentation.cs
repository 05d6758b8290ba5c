using System.Diagnostics;

namespace Pat.Benchmarks;

/// <summary>What presenting tokens to a node took.</summary>
/// <param name="Microseconds">For each presentation.</param>
/// <param name="Bytes">Allocated by the process, for each.</param>
/// <param name="Hashes">Hashes of secrets, in all.</param>
/// <param name="Statements">Statements sent, in all.</param>
internal sealed record Presentation(Series Microseconds, double Bytes, long Hashes, long Statements)
{
    /// <summary>Presents one after the other, each when the last is judged.</summary>
    public static async Task<Presentation> MeasureAsync(Node node, IReadOnlyList<string> values, bool isAccepted)
    {
        using var hashes = new HashCount();
        var statements = node.Statements;
        var microseconds = new double[values.Count];
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        for (var index = 0; index < values.Count; index++)
        {
            var started = Stopwatch.GetTimestamp();
            await PresentAsync(node, values[index], isAccepted);
            microseconds[index] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return new Presentation(
            new Series(microseconds), (double)bytes / values.Count, hashes.Count, node.Statements - statements);
    }

    public static async Task PresentAsync(Node node, string value, bool isAccepted)
    {
        var verification = await node.Manager.VerifyAsync(value);
        if (verification.Succeeded != isAccepted)
        {
            throw new InvalidOperationException($"A token was judged as {verification.Refusal}.");
        }
    }
}

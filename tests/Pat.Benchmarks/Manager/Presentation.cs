using System.Diagnostics;

namespace Pat.Benchmarks;

/// <summary>What presenting tokens to a node took.</summary>
/// <param name="Microseconds">For each presentation.</param>
/// <param name="Bytes">Allocated for each: by the thread, or where something had to be waited for by the process; null where the runtime's count for that went back.</param>
/// <param name="Hashes">Hashes of secrets, in all.</param>
/// <param name="Statements">Statements sent, in all.</param>
internal sealed record Presentation(Series Microseconds, double? Bytes, long Hashes, long Statements)
{
    /// <summary>Presents one after the other, each when the last is judged.</summary>
    public static async Task<Presentation> MeasureAsync(Node node, IReadOnlyList<string> values, bool isAccepted)
    {
        using var hashes = new HashCount();
        var statements = node.Statements;
        var microseconds = new double[values.Count];
        GC.Collect();
        var hasWaited = false;
        var processBytes = GC.GetTotalAllocatedBytes(precise: true);
        var threadBytes = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < values.Count; index++)
        {
            var started = Stopwatch.GetTimestamp();
            var presentation = PresentAsync(node, values[index], isAccepted);
            hasWaited |= !presentation.IsCompleted;
            await presentation;
            microseconds[index] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        threadBytes = GC.GetAllocatedBytesForCurrentThread() - threadBytes;
        processBytes = GC.GetTotalAllocatedBytes(precise: true) - processBytes;
        var bytes = (double)(hasWaited ? processBytes : threadBytes) / values.Count;
        return new Presentation(
            new Series(microseconds), bytes < 0 ? null : bytes, hashes.Count, node.Statements - statements);
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

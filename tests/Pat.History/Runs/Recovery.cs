namespace Pat.History;

/// <summary>How long nodes went on failing after something was whole again.</summary>
public static class Recovery
{
    /// <summary>What fails later has another reason.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>For each time that it was broken and each node: from its end to the end of the last request that was not answered for it.</summary>
    public static IEnumerable<TimeSpan> After(RunHistory history, string fault)
    {
        ArgumentNullException.ThrowIfNull(history);
        var faults = history.Faults.OrderBy(static window => window.Start).ToArray();
        var failures = history.Operations
            .Where(static operation => operation.Node >= 0 && operation.Status is 0 or >= 500)
            .ToLookup(static operation => operation.Node);
        var nodes = history.Operations.Select(static operation => operation.Node).Where(static node => node >= 0).Distinct().ToArray();
        return
            from window in faults
            where window.Name == fault
            let next = faults.Where(other => other.Start > window.End).Select(static other => other.Start).Append(TimeSpan.MaxValue).First()
            from node in nodes
            where window.Touches(node)
            select failures[node]
                .Where(failure => failure.End < next && failure.End > window.End && failure.Start < window.End + Longest)
                .Select(failure => failure.End - window.End)
                .DefaultIfEmpty(TimeSpan.Zero)
                .Max();
    }
}

using System.Collections.Concurrent;

namespace Pat.History;

/// <summary>When something was broken for each node.</summary>
internal sealed class FaultTimes(IReadOnlyCollection<FaultWindow> faults)
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly ConcurrentDictionary<int, RankedTimeline<FaultWindow>> _byNode = new();

    /// <summary>Whether a fault began by the end of a time and had not ended when that began.</summary>
    public bool Touch(int node, TimeSpan from, TimeSpan until) =>
        _byNode.GetOrAdd(node, Of).Before(until + Tick, above: from.Ticks - 1).Any();

    private RankedTimeline<FaultWindow> Of(int node) =>
        new(faults.Where(fault => fault.Touches(node)), static fault => fault.Start, static fault => fault.End.Ticks);
}

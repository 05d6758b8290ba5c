namespace Pat.History;

/// <summary>
/// (c) A node whose feed is up since before a change lets nobody in by what was before, a second after the acknowledgement.
/// What an administrator does past Pat is told by nobody.
/// </summary>
public sealed class FeedUpRule : IRule
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public IEnumerable<Violation> Judge(RunHistory history)
    {
        var intervals = FeedInterval.In(history.FeedEvents).ToLookup(static interval => interval.Node);
        var stops = history.Faults.Where(static fault => fault.Name == FaultWindow.Stopped).ToList();
        return history.OutdatedAcceptances
            .Where(found => found.Change.Kind != OperationKind.Lock
                && found.Delay > Limit
                && intervals[found.Acceptance.Node].Any(interval =>
                    interval.From < found.Change.Start && found.Acceptance.Start < interval.Until)
                && !stops.Exists(stop => WasStopped(found, stop))
                && (!history.TellsAfterCommit || CouldTell(found.Change, intervals[found.Change.Node])))
            .Select(static found => found.Breaks("c, feed up"));
    }

    /// <summary>
    /// A stopped process hears nothing until it runs, and then has the same second to. What holds meanwhile is the bound. (A
    /// stop that was over before the change is more than that second past.)
    /// </summary>
    private static bool WasStopped(OutdatedAcceptance found, FaultWindow stop) =>
        stop.Touches(found.Acceptance.Node)
        && stop.Start <= found.Acceptance.End
        && found.Acceptance.Start <= stop.End + Limit;

    /// <summary>
    /// Where the notice follows the commit, a change is acknowledged although its notice could not be sent, and then nobody
    /// is told of it. The node that made it could send as long as it heard itself.
    /// </summary>
    private static bool CouldTell(Operation change, IEnumerable<FeedInterval> intervals) =>
        intervals.Any(interval => interval.From < change.Start && change.End < interval.Until);
}

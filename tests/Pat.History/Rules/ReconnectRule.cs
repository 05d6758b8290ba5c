namespace Pat.History;

/// <summary>(d) A second after a node says that its feed is up again, it lets nobody in by what it read before.</summary>
public sealed class ReconnectRule : IRule
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public IEnumerable<Violation> Judge(RunHistory history)
    {
        var ups = history.FeedEvents.Where(static told => told.HeardUntil is null).ToLookup(static told => told.Node, static told => told.At);
        return history.OutdatedAcceptances
            .Where(found => ups[found.Acceptance.Node].Any(up =>
                found.Change.End < up - Limit && found.Acceptance.Start > up + Limit))
            .Select(static found => found.Breaks("d, reconnect"));
    }
}

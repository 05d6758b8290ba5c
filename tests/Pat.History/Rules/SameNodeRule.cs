namespace Pat.History;

/// <summary>(a) The node that acknowledged a change lets nobody in by what was before, from the next request on.</summary>
public sealed class SameNodeRule : IRule
{
    public IEnumerable<Violation> Judge(RunHistory history) => history.OutdatedAcceptances
        .Where(static found => found.Acceptance.Node == found.Change.Node)
        .Select(static found => found.Breaks("a, same node"));
}

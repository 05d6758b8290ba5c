namespace Pat.History;

/// <summary>(b) No node lets anybody in by what was before, from MaxStaleness after the acknowledgement on, whatever is broken.</summary>
public sealed class BoundRule : IRule
{
    public IEnumerable<Violation> Judge(RunHistory history) => history.OutdatedAcceptances
        .Where(found => found.Delay > history.MaxStaleness)
        .Select(static found => found.Breaks("b, bound"));
}

namespace Pat.History;

/// <summary>No work goes on un-awaited: no exception of the product is left for nobody to look at (row 14 of the known failures).</summary>
public sealed class UnobservedFaultRule : IRule
{
    public IEnumerable<Violation> Judge(RunHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return history.UnobservedFaults.Select(static fault => new Violation("unobserved fault", $"node {fault.Node} at {fault.At}: {fault.Text}"));
    }
}

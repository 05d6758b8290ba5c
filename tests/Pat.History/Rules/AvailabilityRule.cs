namespace Pat.History;

/// <summary>
/// (f) Outside the time of a fault and five seconds after it nobody is told to come back (503, 429), and at least 99.9 % of
/// requests are answered.
/// </summary>
public sealed class AvailabilityRule : IRule
{
    /// <summary>One request of so many may go unanswered.</summary>
    private const long ForEachUnanswered = 1_000;

    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(5);

    public IEnumerable<Violation> Judge(RunHistory history)
    {
        var (all, unanswered) = (0L, 0L);
        foreach (var operation in history.Operations.Where(
            operation => operation.IsRequest && !history.IsTroubled(operation.Node, operation.Start, operation.End, Aftermath)))
        {
            all++;
            if (operation.Status is 503 or 429)
            {
                yield return new("f, availability", $"node {operation.Node} answered {operation.Status} to {operation.Kind} of token {operation.Token} from {operation.Start} to {operation.End}, when nothing was broken");
            }
            else if (operation.Status is 0 or >= 500)
            {
                unanswered++;
            }
        }

        if (unanswered * ForEachUnanswered > all)
        {
            yield return new("f, availability", $"{unanswered} of {all} requests got no answer, or that of a fault, when nothing was broken");
        }
    }
}

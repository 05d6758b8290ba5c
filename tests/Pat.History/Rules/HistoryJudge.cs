namespace Pat.History;

/// <summary>Judges a run that is over by all rules.</summary>
/// <param name="rows">What is in the database at the end, as <see cref="DurabilityRule"/> has it.</param>
public sealed class HistoryJudge(IReadOnlyDictionary<string, (long Version, bool IsRevoked)> rows)
{
    /// <summary>All violations, rule by rule.</summary>
    public IReadOnlyList<Violation> Judge(RunHistory history)
    {
        IRule[] rules =
        [
            new SameNodeRule(),
            new BoundRule(),
            new FeedUpRule(),
            new ReconnectRule(),
            new RefusalRule(),
            new AvailabilityRule(),
            new DurabilityRule(rows),
            new UnobservedFaultRule(),
        ];
        return [.. rules.SelectMany(rule => rule.Judge(history))];
    }
}

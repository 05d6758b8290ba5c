namespace Pat.History;

/// <summary>A token was let in by a state that an acknowledged change had ended before the request began.</summary>
/// <param name="Acceptance">The request.</param>
/// <param name="Change">The change.</param>
public sealed record OutdatedAcceptance(Operation Acceptance, Operation Change)
{
    /// <summary>How long after the acknowledgement the request began.</summary>
    public TimeSpan Delay => Acceptance.Start - Change.End;

    public static IEnumerable<OutdatedAcceptance> In(RunHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var changes = new AcknowledgedChanges(history);
        return history.Operations
            .Where(static operation => operation.IsAccepted)
            .SelectMany(acceptance => changes.ThatEnded(acceptance).Select(change => new OutdatedAcceptance(acceptance, change)));
    }

    /// <summary>What to say where a rule forbids it.</summary>
    public Violation Breaks(string rule) => new(
        rule,
        $"node {Acceptance.Node} let token {Acceptance.Token} in (version {Acceptance.Version}, secret {Acceptance.Secret}) in a request from {Acceptance.Start} to {Acceptance.End}; node {Change.Node} had acknowledged {Change.Kind} (version {Change.Version}, secret {Change.Secret}) at {Change.End}");
}

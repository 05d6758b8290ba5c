namespace Pat.History;

/// <summary>The acknowledged changes of a run, ready to tell which of them ended the state that a token was let in by.</summary>
internal sealed class AcknowledgedChanges
{
    private readonly RunHistory _history;
    private readonly Dictionary<string, RankedTimeline<Operation>> _byVersion;
    private readonly Dictionary<string, RankedTimeline<Operation>> _bySecret;
    private readonly Dictionary<string, RankedTimeline<Operation>> _locks;

    public AcknowledgedChanges(RunHistory history)
    {
        _history = history;
        var changes = history.Operations.Where(static operation => operation.IsAcknowledgedChange).ToList();
        var unlocks = history.Operations.Where(static operation => operation.Kind == OperationKind.Unlock)
            .ToLookup(static operation => operation.Token);

        // What is revoked stays so: no state is newer than that.
        _byVersion = Ranked(
            changes.Where(static change => change.Kind != OperationKind.Lock),
            static change => change.Kind == OperationKind.Revoke ? long.MaxValue : change.Version);
        _bySecret = Ranked(changes.Where(static change => change.Kind == OperationKind.Rotate), static change => change.Secret);

        // A lock ranks by when it may have been taken off, acknowledged or not.
        _locks = Ranked(
            changes.Where(static change => change.Kind == OperationKind.Lock),
            locked => unlocks[locked.Token].Where(unlock => unlock.Start > locked.Start)
                .Select(static unlock => unlock.Start.Ticks).DefaultIfEmpty(long.MaxValue).Min());
    }

    /// <summary>The changes that were acknowledged before the request began, and say that the token was not to be let in so.</summary>
    public IEnumerable<Operation> ThatEnded(Operation acceptance) =>
    [
        .. Before(acceptance, _byVersion, acceptance.Token, above: acceptance.Version),
        .. Before(acceptance, _bySecret, acceptance.Token, above: acceptance.Secret)
            .Where(rotation => rotation.Version <= acceptance.Version && !IsInOverlap(acceptance, rotation)),
        .. Before(acceptance, _locks, acceptance.Owner, above: acceptance.End.Ticks - 1),
    ];

    /// <summary>An overlap keeps the one secret before the new one. Those before that ended with their own rotation.</summary>
    private bool IsInOverlap(Operation acceptance, Operation rotation) =>
        acceptance.Secret == rotation.Secret - 1
        && rotation.EndsAt is { } endsAt
        && !(_history.EarliestClockOf(acceptance) > endsAt);

    private static IEnumerable<Operation> Before(
        Operation acceptance, Dictionary<string, RankedTimeline<Operation>> changes, string of, long above) =>
        changes.TryGetValue(of, out var ranked) ? ranked.Before(acceptance.Start, above) : [];

    private static Dictionary<string, RankedTimeline<Operation>> Ranked(IEnumerable<Operation> changes, Func<Operation, long> rankOf) => changes
        .GroupBy(static change => change.Token)
        .ToDictionary(static group => group.Key, group => new RankedTimeline<Operation>(group, static change => change.End, rankOf));
}

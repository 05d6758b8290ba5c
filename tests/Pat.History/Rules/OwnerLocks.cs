namespace Pat.History;

/// <summary>When owners may have been locked.</summary>
internal sealed class OwnerLocks
{
    private readonly Dictionary<string, RankedTimeline<Operation>> _locks;

    public OwnerLocks(IReadOnlyCollection<Operation> operations)
    {
        var unlocks = operations.Where(static operation => operation.Kind == OperationKind.Unlock && operation.IsAcknowledged)
            .ToLookup(static unlock => unlock.Token);

        // A lock ranks by when it was surely taken off. One that nobody acknowledged may be there all the same.
        _locks = operations.Where(static operation => operation.Kind == OperationKind.Lock)
            .GroupBy(static locked => locked.Token)
            .ToDictionary(static group => group.Key, group => new RankedTimeline<Operation>(
                group,
                static locked => locked.Start,
                locked => unlocks[locked.Token].Where(unlock => unlock.Start >= locked.End)
                    .Select(static unlock => unlock.End.Ticks).DefaultIfEmpty(long.MaxValue).Min()));
    }

    /// <summary>
    /// Whether the owner was perhaps locked in the time of a request. A lock that was taken off before counts no more: a node
    /// may remember it for a while, but no refusal rests on what it remembers.
    /// </summary>
    public bool MayTouch(Operation presented) =>
        _locks.TryGetValue(presented.Owner, out var locks)
        && locks.Before(presented.End, above: presented.Start.Ticks - 1).Any();
}

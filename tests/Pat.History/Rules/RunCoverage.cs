namespace Pat.History;

/// <summary>What a run has tried: how much its finding of no violation is worth.</summary>
/// <param name="Requests">Requests that nodes were sent.</param>
/// <param name="RevocationsInUse">Acknowledged revocations of tokens that every node had accepted in the second before.</param>
/// <param name="Faults">How often each fault was made, by its name.</param>
/// <param name="WorstDelay">
/// How long after the acknowledgement of a change another node last began to let a token in by what was before; zero where none did.
/// </param>
/// <param name="WorstDelayOfLock">The same for locks, which are made past Pat and told by nobody: the bound alone ends it.</param>
public sealed record RunCoverage(
    int Requests, int RevocationsInUse, IReadOnlyDictionary<string, int> Faults, TimeSpan WorstDelay, TimeSpan WorstDelayOfLock)
{
    private static readonly TimeSpan InUse = TimeSpan.FromSeconds(1);

    /// <param name="history">A run that is over.</param>
    /// <param name="nodes">How many nodes it had.</param>
    public static RunCoverage Of(RunHistory history, int nodes)
    {
        ArgumentNullException.ThrowIfNull(history);
        var elsewhere = history.OutdatedAcceptances.Where(static found => found.Acceptance.Node != found.Change.Node)
            .ToLookup(static found => found.Change.Kind == OperationKind.Lock, static found => found.Delay);
        return new(
            history.Operations.Count(static operation => operation.IsRequest),
            CountRevocationsInUse(history, nodes),
            history.Faults.CountBy(static fault => fault.Name).ToDictionary(),
            elsewhere[false].DefaultIfEmpty().Max(),
            elsewhere[true].DefaultIfEmpty().Max());
    }

    private static int CountRevocationsInUse(RunHistory history, int nodes)
    {
        // A token is revoked once: what is acknowledged again counts no more.
        var revocations = history.Operations
            .Where(static operation => operation.Kind == OperationKind.Revoke && operation.IsAcknowledged)
            .GroupBy(static revocation => revocation.Token)
            .ToDictionary(static group => group.Key, static group => group.Min(static revocation => revocation.Start));
        return history.Operations
            .Where(operation => operation.IsAccepted
                && revocations.TryGetValue(operation.Token, out var revokedAt)
                && operation.End >= revokedAt - InUse
                && operation.End <= revokedAt)
            .Select(static acceptance => (acceptance.Token, acceptance.Node))
            .Distinct()
            .CountBy(static acceptance => acceptance.Token)
            .Count(token => token.Value == nodes);
    }
}

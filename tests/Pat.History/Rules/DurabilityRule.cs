namespace Pat.History;

/// <summary>(g) What was acknowledged is in the database at the end.</summary>
/// <param name="rows">The rows by id: their versions, and whether they are revoked.</param>
public sealed class DurabilityRule(IReadOnlyDictionary<string, (long Version, bool IsRevoked)> rows) : IRule
{
    public IEnumerable<Violation> Judge(RunHistory history)
    {
        foreach (var done in history.Operations.Where(static operation =>
            operation.Kind is OperationKind.Create or OperationKind.Edit or OperationKind.Rotate or OperationKind.Revoke
            && operation.IsAcknowledged))
        {
            if (!rows.TryGetValue(done.Token, out var row)
                || row.Version < done.Version
                || (done.Kind == OperationKind.Revoke && !row.IsRevoked))
            {
                yield return new("g, durability", $"{done.Kind} of token {done.Token} (version {done.Version}) was acknowledged by node {done.Node} at {done.End} and is not in the database");
            }
        }
    }
}

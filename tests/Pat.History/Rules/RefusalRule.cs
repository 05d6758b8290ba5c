namespace Pat.History;

/// <summary>
/// (e) A token that is usable throughout is never answered 401, 403 or 404, whatever is broken. One whose time ended is let
/// in by no node whose clock says so.
/// </summary>
public sealed class RefusalRule : IRule
{
    public IEnumerable<Violation> Judge(RunHistory history)
    {
        var lives = history.Operations
            .Where(static operation => operation.Kind is OperationKind.Create or OperationKind.Rotate or OperationKind.Revoke)
            .GroupBy(static operation => operation.Token)
            .ToDictionary(static group => group.Key, static group => new TokenLife([.. group]));
        var locks = new OwnerLocks(history.Operations);
        foreach (var presented in history.Operations.Where(static operation => operation.Kind == OperationKind.Present))
        {
            if (presented.Status is 401 or 403 or 404
                && lives.TryGetValue(presented.Token, out var life)
                && life.IsUsable(presented, history.LatestClockOf(presented))
                && !locks.MayTouch(presented))
            {
                yield return new("e, refusal", $"node {presented.Node} answered {presented.Status} to token {presented.Token} (secret {presented.Secret}) from {presented.Start} to {presented.End}, which was usable");
            }
            else if (presented.IsAccepted && presented.EndsAt is { } expiresAt && history.EarliestClockOf(presented) > expiresAt)
            {
                yield return new("e, expiry", $"node {presented.Node} let token {presented.Token} in from {presented.Start}, which had expired at {expiresAt:O} by its clock");
            }
        }
    }
}

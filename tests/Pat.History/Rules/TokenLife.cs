namespace Pat.History;

/// <summary>What is sure of a token: from when on it could be used, until when, and with which secret.</summary>
internal sealed class TokenLife
{
    private readonly TimeSpan _createdAt;
    private readonly TimeSpan _revokedAt;
    private readonly TimeSpan _unsureFrom;
    private readonly List<Operation> _rotations;

    /// <param name="operations">Its creation, rotations and revocations.</param>
    public TokenLife(IReadOnlyCollection<Operation> operations)
    {
        // One whose creation nobody acknowledged may not be there: it is never sure to be usable.
        _createdAt = operations.Where(static done => done.Kind == OperationKind.Create && done.IsAcknowledged)
            .Select(static done => done.End).DefaultIfEmpty(TimeSpan.MaxValue).Min();

        // It may be done from the moment that it is sent, whether that is acknowledged later or never.
        _revokedAt = operations.Where(static done => done.Kind == OperationKind.Revoke && (done.IsAcknowledged || done.IsUnknown))
            .Select(static done => done.Start).DefaultIfEmpty(TimeSpan.MaxValue).Min();

        // Nobody has the secret that may have come out of it, and the former one may have ended; until when, nobody knows
        // either: what a node was sent, it may yet do.
        _unsureFrom = operations.Where(static done => done.Kind == OperationKind.Rotate && done.IsUnknown)
            .Select(static done => done.Start).DefaultIfEmpty(TimeSpan.MaxValue).Min();
        _rotations = [.. operations.Where(static done => done.Kind == OperationKind.Rotate && done.IsAcknowledged)
            .OrderBy(static done => done.Secret)];
    }

    /// <summary>Whether it was usable all the time from before a request to after its answer.</summary>
    /// <param name="presented">The request.</param>
    /// <param name="clock">The latest that the node's clock can have said, or null where that is not known.</param>
    public bool IsUsable(Operation presented, DateTimeOffset? clock) =>
        _createdAt < presented.Start
        && presented.End <= _revokedAt
        && presented.End <= _unsureFrom
        && (presented.EndsAt is not { } expiresAt || clock < expiresAt)
        && IsHandedOut(presented)
        && IsInForce(presented, clock);

    /// <summary>A secret is there once the rotation is acknowledged that it came out of.</summary>
    private bool IsHandedOut(Operation presented) =>
        presented.Secret == 0
        || _rotations.Exists(rotation => rotation.Secret == presented.Secret && rotation.End < presented.Start);

    /// <summary>It is the current one until the next rotation is sent, and may be used in its overlap until the one after that is.</summary>
    private bool IsInForce(Operation presented, DateTimeOffset? clock)
    {
        var next = _rotations.FindIndex(rotation => rotation.Secret > presented.Secret);
        if (next < 0 || presented.End <= _rotations[next].Start)
        {
            return true;
        }

        return _rotations[next].EndsAt is { } overlapEndsAt
            && clock < overlapEndsAt
            && (next + 1 == _rotations.Count || presented.End <= _rotations[next + 1].Start);
    }
}

namespace Pat.History;

/// <summary>One operation of a client, with its time since the run began, by the one clock of all processes.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Node">Which node answered; -1 for what was done to the database.</param>
/// <param name="Start">Before it was sent.</param>
/// <param name="End">After its answer was read.</param>
/// <param name="Token">The token, by its id; for a lock the owner.</param>
/// <param name="Status">The HTTP status; 0 where there was no answer. What was done to the database has one as well.</param>
public sealed record Operation(OperationKind Kind, int Node, TimeSpan Start, TimeSpan End, string Token, int Status)
{
    /// <summary>Which of the token's secrets was presented, or came out of a rotation: 0 is the first, and they are counted up.</summary>
    public int Secret { get; init; }

    /// <summary>The version of the token that the answer shows; 0 where it shows none.</summary>
    public long Version { get; init; }

    /// <summary>
    /// Where a token is presented, when it expires, or null for never; of a rotation, when the former secret ends, or null
    /// where it ends at once. By the clock of whoever decides.
    /// </summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>The token's owner.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Whether a node was asked, and not the database.</summary>
    public bool IsRequest => Node >= 0;

    public bool IsAccepted => Kind == OperationKind.Present && Status == 200;

    public bool IsAcknowledged => Status is >= 200 and < 300;

    /// <summary>Whether it changed something that nodes may remember, and that was acknowledged.</summary>
    public bool IsAcknowledgedChange =>
        IsAcknowledged && Kind is OperationKind.Edit or OperationKind.Rotate or OperationKind.Revoke or OperationKind.Lock;

    /// <summary>Whether nobody knows what became of it.</summary>
    public bool IsUnknown => Kind != OperationKind.Present && Status is 0 or >= 500;
}

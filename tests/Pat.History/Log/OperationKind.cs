namespace Pat.History;

public enum OperationKind
{
    /// <summary>A token was presented, and says by its answer which state it was judged by.</summary>
    Present,
    Create,
    Edit,
    Rotate,
    Revoke,

    /// <summary>An administrator locked the owner, past Pat.</summary>
    Lock,

    /// <summary>The lock was taken off.</summary>
    Unlock,
}

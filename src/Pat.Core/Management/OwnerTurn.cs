namespace Pat;

/// <summary>An owner's turn to make a secret, until it is disposed of.</summary>
internal sealed class OwnerTurn(Deadline deadline, Action end) : IDisposable
{
    /// <summary>How long the request waits in all. Waiting for the turn is part of it.</summary>
    public Deadline Deadline { get; } = deadline;

    public void Dispose() => end();
}

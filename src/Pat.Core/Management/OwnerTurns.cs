namespace Pat;

/// <summary>
/// Lets each owner make one secret at a time on this node: who asks for hundreds at once gets as many hashed as the limits
/// allow, and holds one place of the room for hashes, not all.
/// </summary>
internal sealed class OwnerTurns(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    /// <summary>Waits for the owner's turn, which ends when the answer is disposed of.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">It did not come in time.</exception>
    public async Task<OwnerTurn> EnterAsync(string ownerId, CancellationToken cancellationToken)
    {
        var deadline = Deadline.OfNewSecret(timeProvider);
        var turn = Join(ownerId);
        var entered = false;
        try
        {
            entered = await turn.Entrance.WaitAsync(deadline.Left, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!entered)
            {
                Leave(turn);
            }
        }

        return entered
            ? new OwnerTurn(deadline, () => End(turn))
            : throw new PersonalAccessTokenUnavailableException("The owner's other requests for secrets take too long.") { IsForWantOfRoom = true };
    }

    private Turn Join(string ownerId)
    {
        lock (_lock)
        {
            if (!_turns.TryGetValue(ownerId, out var turn))
            {
                turn = new Turn(ownerId);
                _turns.Add(ownerId, turn);
            }

            turn.Members++;
            return turn;
        }
    }

    private void End(Turn turn)
    {
        turn.Entrance.Release();
        Leave(turn);
    }

    private void Leave(Turn turn)
    {
        lock (_lock)
        {
            if (--turn.Members == 0)
            {
                _turns.Remove(turn.OwnerId);
                turn.Entrance.Dispose();
            }
        }
    }

    private sealed class Turn(string ownerId)
    {
        public string OwnerId { get; } = ownerId;

        public SemaphoreSlim Entrance { get; } = new(1);

        /// <summary>How many are in it or wait for it.</summary>
        public int Members { get; set; }
    }
}

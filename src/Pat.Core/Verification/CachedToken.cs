namespace Pat;

/// <summary>
/// What this node knows of a token that it has proven: up to two digests, and the newest state read. A proof says that a
/// digest belongs to a tag, nothing about what the token may do: it counts while the state has that tag in force.
/// </summary>
internal sealed class CachedToken
{
    /// <summary>Where every use is to be noted, a token that is used a thousand times a second is noted once a second.</summary>
    private static readonly TimeSpan FinestResolution = TimeSpan.FromSeconds(1);

    private Proofs? _proofs;
    private TokenState? _state;
    private int _usedInRound;
    private long _notedUtcTicks;

    /// <summary>The newest state that was read, however old, or null.</summary>
    public TokenState? State => Volatile.Read(ref _state);

    /// <summary>The round of refreshing in which it last served a request.</summary>
    public int UsedInRound => Volatile.Read(ref _usedInRound);

    public bool IsProven(in SecretDigest digest) => Volatile.Read(ref _proofs)?.Contains(digest) == true;

    /// <summary>Two secrets of a token can work at once, so the two newest proofs are kept.</summary>
    public void Prove(SecretDigest digest)
    {
        while (true)
        {
            var known = Volatile.Read(ref _proofs);
            if (known?.Contains(digest) == true
                || Interlocked.CompareExchange(ref _proofs, new Proofs(digest, known), known) == known)
            {
                return;
            }
        }
    }

    /// <summary>Keeps <paramref name="state"/> unless one that was sent later is there.</summary>
    public void Offer(TokenState state)
    {
        while (true)
        {
            var known = State;
            if (known?.Read.Number > state.Read.Number || Interlocked.CompareExchange(ref _state, state, known) == known)
            {
                return;
            }
        }
    }

    public void MarkUsed(int round)
    {
        // Only where it changes: a write would take the line from every other core.
        if (_usedInRound != round)
        {
            Volatile.Write(ref _usedInRound, round);
        }
    }

    /// <summary>
    /// Whether a use at this moment is to be noted, the last one in the store being that of <paramref name="state"/>: once
    /// for each <paramref name="resolution"/>, but no more than once a second, whoever asks first.
    /// </summary>
    public bool TryNoteUse(DateTimeOffset now, TokenState state, TimeSpan resolution)
    {
        var noted = Volatile.Read(ref _notedUtcTicks);
        var pause = Math.Max(resolution.Ticks, FinestResolution.Ticks);
        return now.UtcTicks - noted >= pause
            && now.UtcTicks - (state.LastUsedAt?.UtcTicks ?? 0) >= pause
            && Interlocked.CompareExchange(ref _notedUtcTicks, now.UtcTicks, noted) == noted;
    }

    private sealed class Proofs(SecretDigest newest, Proofs? known)
    {
        private readonly SecretDigest _newest = newest;
        private readonly SecretDigest _former = known?._newest ?? newest;

        public bool Contains(in SecretDigest digest) => _newest.Equals(digest) || _former.Equals(digest);
    }
}

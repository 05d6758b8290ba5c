namespace Pat;

/// <summary>Counts the rounds of refreshing, by which it is known which tokens are in use.</summary>
internal sealed class RefreshRounds
{
    // From 1 on: a token that served nobody yet says 0.
    private int _current = 1;

    public int Current => Volatile.Read(ref _current);

    public void Advance() => Interlocked.Increment(ref _current);
}

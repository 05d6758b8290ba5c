namespace Pat;

/// <summary>
/// Room for a few slow hashes at once: each takes a core and its memory while it lasts, and the rest of the application
/// keeps its share. Who comes later waits in order, for so long, and no longer than the caller does; who would wait longer, by what
/// the last hashes took, is told so at once.
/// </summary>
/// <param name="places">How many run at once.</param>
/// <param name="timeProvider">Tells how long they take.</param>
internal sealed class HashRoom(int places, TimeProvider timeProvider) : IDisposable
{
    /// <summary>How many of the last hashes the usual time is of, roughly.</summary>
    private const int Remembered = 8;

    private readonly SemaphoreSlim _places = new(places);
    private int _waiting;
    private long _usualTicks;

    /// <summary>How many wait for a place.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>
    /// The room of this machine: half of its cores, and a tenth of the memory that the process may use, but always for one.
    /// </summary>
    public static int PlacesFor(int cores, long memoryBytes, int hashMemoryKib) =>
        (int)Math.Max(1, Math.Min(cores / 2, memoryBytes / 10 / 1024 / hashMemoryKib));

    /// <exception cref="PersonalAccessTokenUnavailableException">There was no place in time.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> hash, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        var before = Interlocked.Increment(ref _waiting) - 1;
        try
        {
            var expected = TimeSpan.FromTicks(Volatile.Read(ref _usualTicks) * before / places);
            if ((longestWait != Timeout.InfiniteTimeSpan && expected > longestWait)
                || !await _places.WaitAsync(longestWait, cancellationToken).ConfigureAwait(false))
            {
                throw new PersonalAccessTokenUnavailableException("Too many secrets are being hashed at the moment.") { IsForWantOfRoom = true };
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        var started = timeProvider.GetTimestamp();
        try
        {
            return await hash().ConfigureAwait(false);
        }
        finally
        {
            Remember(timeProvider.GetElapsedTime(started).Ticks);
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    /// <summary>Of two that end at once one may be lost.</summary>
    private void Remember(long ticks)
    {
        var usual = Volatile.Read(ref _usualTicks);
        Volatile.Write(ref _usualTicks, usual == 0 ? ticks : usual + ((ticks - usual) / Remembered));
    }
}

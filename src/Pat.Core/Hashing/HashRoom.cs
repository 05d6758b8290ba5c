namespace Pat;

/// <summary>
/// Room for a few slow hashes at once: each takes a core and its memory while it lasts, and the rest of the application
/// keeps its share. Who comes later waits in order, for so long, and no longer than the caller does.
/// </summary>
internal sealed class HashRoom(int places) : IDisposable
{
    private readonly SemaphoreSlim _places = new(places);
    private int _waiting;

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
        Interlocked.Increment(ref _waiting);
        try
        {
            if (!await _places.WaitAsync(longestWait, cancellationToken).ConfigureAwait(false))
            {
                throw new PersonalAccessTokenUnavailableException("Too many secrets are being hashed at the moment.");
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            return await hash().ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}

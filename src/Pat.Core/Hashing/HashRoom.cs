namespace Pat;

/// <summary>
/// Room for a few slow hashes at once: each takes a core and its memory while it lasts, and the rest of the application
/// keeps its share. Who comes later waits in order, for so long, and no longer than the caller does.
/// </summary>
internal sealed class HashRoom(int places, TimeSpan longestWait) : IDisposable
{
    private readonly SemaphoreSlim _places = new(places);

    /// <exception cref="PersonalAccessTokenUnavailableException">There was no place in time.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> hash, CancellationToken cancellationToken)
    {
        if (!await _places.WaitAsync(longestWait, cancellationToken).ConfigureAwait(false))
        {
            throw new PersonalAccessTokenUnavailableException("Too many secrets are being hashed at the moment.");
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

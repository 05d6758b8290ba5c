namespace Pat;

/// <summary>A connection that listens for notices. One caller at a time; disposing of it closes the connection.</summary>
public interface IPersonalAccessTokenChangeSubscription : IAsyncDisposable
{
    /// <summary>
    /// Waits for the next notice and returns its text. Throws when the connection is lost, even if it came back meanwhile:
    /// what was sent in between is missing.
    /// </summary>
    ValueTask<string> ReceiveAsync(CancellationToken cancellationToken);
}

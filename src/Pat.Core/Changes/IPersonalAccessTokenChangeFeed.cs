namespace Pat;

/// <summary>
/// Carries notices between nodes, so that they learn of changes in milliseconds. It may lose some: no promise rests on it,
/// since what a node knows is good for <see cref="PersonalAccessTokenOptions.MaxStaleness"/> at most.
/// </summary>
public interface IPersonalAccessTokenChangeFeed
{
    /// <summary>
    /// Whether the store sends the notice of a change of tokens together with it, so that only what it could not tell, and
    /// changes of owners, are left to <see cref="PublishAsync"/>.
    /// </summary>
    bool GoesWithWrites { get; }

    /// <summary>
    /// Whether the store has made a change without its notice since this was asked last, though the feed goes with writes.
    /// Nodes are then told that anything may have changed, as soon as they can be told something.
    /// </summary>
    bool TakeUntold() => false;

    /// <summary>Sends a notice to all nodes, this one included. Throws where that fails.</summary>
    /// <param name="notice">What to send. Its time may be replaced by the database's own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task PublishAsync(PersonalAccessTokenNotice notice, CancellationToken cancellationToken);

    /// <summary>
    /// Connects and listens. What is published after this has completed arrives, for as long as the connection lasts.
    /// Throws where it can't.
    /// </summary>
    Task<IPersonalAccessTokenChangeSubscription> SubscribeAsync(CancellationToken cancellationToken);
}

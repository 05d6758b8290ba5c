namespace Pat;

/// <summary>Whether this node hears of changes elsewhere at once.</summary>
internal sealed class FeedStatus(TimeProvider timeProvider, IPersonalAccessTokenChangeFeed? feed = null)
{
    private volatile bool _isUp;
    private long _sinceUtcTicks = timeProvider.GetUtcNow().UtcTicks;

    /// <summary>Whether there is a feed at all.</summary>
    public bool HasFeed => feed is not null;

    /// <summary>
    /// Whether the feed is heard: everything in use has been read since it was connected, and the node's own heartbeats
    /// come back in time.
    /// </summary>
    public bool IsUp
    {
        get => _isUp;
        set
        {
            if (_isUp != value)
            {
                Volatile.Write(ref _sinceUtcTicks, timeProvider.GetUtcNow().UtcTicks);
                _isUp = value;
            }
        }
    }

    /// <summary>Since when it is so.</summary>
    public DateTimeOffset Since => new(Volatile.Read(ref _sinceUtcTicks), TimeSpan.Zero);
}

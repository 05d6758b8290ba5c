using Microsoft.Extensions.Logging;

namespace Pat;

/// <summary>Makes a change count on this node at once, and tells the others of it.</summary>
internal sealed class ChangePublisher(
    ChangeCounters counters,
    PersonalAccessTokenNode node,
    StoreClock storeClock,
    TimeProvider timeProvider,
    ILogger<ChangePublisher> logger,
    IPersonalAccessTokenChangeFeed? feed = null)
{
    /// <summary>How long whoever made the change waits for the others to be told: they learn of it by themselves within the bound.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Whether a change was made that the others were not told of.</summary>
    private bool _isBehind;

    /// <param name="change">What changed.</param>
    /// <param name="isWritten">Whether a write of the store is known to have made it, which then told it by itself if the feed goes with writes.</param>
    public async Task PublishAsync(PersonalAccessTokenChange change, bool isWritten)
    {
        counters.Changed(change);
        if (feed is null || (isWritten && feed.GoesWithWrites))
        {
            return;
        }

        using var activity = PatActivities.Start(PatActivities.FeedPublish);
        using var limit = new CancellationTokenSource(Limit, timeProvider);
        try
        {
            await SendAsync(feed, change, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            activity.Fail(exception);
            Volatile.Write(ref _isBehind, true);
            Log.NoticeNotSent(logger, exception);
        }
    }

    /// <summary>
    /// Sends a heartbeat; before it, where changes could not be told, that anything may have changed: others whose feed was
    /// up all the while would not read again by themselves.
    /// </summary>
    public async Task BeatAsync(IPersonalAccessTokenChangeFeed feed, long number, CancellationToken limit)
    {
        if (feed.TakeUntold() | Interlocked.Exchange(ref _isBehind, false))
        {
            try
            {
                await SendAsync(feed, PersonalAccessTokenChange.Everything, limit).ConfigureAwait(false);
            }
            catch
            {
                Volatile.Write(ref _isBehind, true);
                throw;
            }
        }

        await feed.PublishAsync(PersonalAccessTokenNotice.OfHeartbeat(node, number, storeClock.UtcNow), limit)
            .InTimeAsync(limit).ConfigureAwait(false);
    }

    private Task SendAsync(IPersonalAccessTokenChangeFeed feed, PersonalAccessTokenChange change, CancellationToken limit) =>
        feed.PublishAsync(PersonalAccessTokenNotice.OfChange(node, change, storeClock.UtcNow), limit).InTimeAsync(limit);
}

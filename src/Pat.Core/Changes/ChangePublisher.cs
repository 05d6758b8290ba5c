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

    /// <param name="change">What changed.</param>
    /// <param name="isWritten">Whether a write of the store is known to have made it, which then told it by itself if the feed goes with writes.</param>
    public async Task PublishAsync(PersonalAccessTokenChange change, bool isWritten)
    {
        counters.Changed(change);
        if (feed is null || (isWritten && feed.GoesWithWrites))
        {
            return;
        }

        using var limit = new CancellationTokenSource(Limit, timeProvider);
        try
        {
            await feed.PublishAsync(PersonalAccessTokenNotice.OfChange(node, change, storeClock.UtcNow), limit.Token)
                .InTimeAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.NoticeNotSent(logger, exception);
        }
    }
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pat;

/// <summary>Keeps a connection to the change feed, so that what changes elsewhere counts here at once.</summary>
internal sealed class ChangeListener(
    ChangePublisher publisher,
    PersonalAccessTokenNode node,
    ChangeCounters counters,
    StateRefresher refresher,
    FeedStatus status,
    StoreClock storeClock,
    PatMetrics metrics,
    TimeProvider timeProvider,
    ILogger<ChangeListener> logger,
    IPersonalAccessTokenChangeFeed? feed = null) : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestConnecting = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (feed is null)
        {
            return;
        }

        metrics.ObserveFeed(() => status.IsUp ? 1 : 0);
        var pause = ShortestPause;
        try
        {
            while (true)
            {
                var wasUp = await ListenUntilLostAsync(feed, stoppingToken).ConfigureAwait(false);

                // Not all nodes at the same moment.
                pause = wasUp ? ShortestPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
                await Task.Delay(pause * (0.5 + (Random.Shared.NextDouble() / 2)), timeProvider, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Where the host's start failed, it would log this as a failure of its own and hide the first one.
        }
    }

    /// <returns>Whether the connection was of any use.</returns>
    private async Task<bool> ListenUntilLostAsync(IPersonalAccessTokenChangeFeed feed, CancellationToken stoppingToken)
    {
        ListeningSession? session = null;
        try
        {
            var subscription = await PatActivities.RunAsync(
                PatActivities.FeedConnect, _ => SubscribeAsync(feed, stoppingToken)).ConfigureAwait(false);
            await using (subscription.ConfigureAwait(false))
            {
                session = new ListeningSession(
                    feed, subscription, publisher, node, counters, refresher, status, storeClock, metrics, timeProvider, logger);
                await session.RunAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            status.IsUp = false;
            if (session?.HeardUntil is { } heardUntil)
            {
                Log.FeedLost(logger, heardUntil, exception);
            }
            else
            {
                Log.FeedNotConnected(logger, exception);
            }
        }

        return session?.HeardUntil is not null;
    }

    private async Task<IPersonalAccessTokenChangeSubscription> SubscribeAsync(
        IPersonalAccessTokenChangeFeed feed, CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(LongestConnecting, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        var subscribing = feed.SubscribeAsync(either.Token);
        try
        {
            return await subscribing.InTimeAsync(either.Token).ConfigureAwait(false);
        }
        catch
        {
            _ = CloseLaterAsync(subscribing);
            throw;
        }
    }

    /// <summary>A connection that comes after its time is nobody's.</summary>
    private static async Task CloseLaterAsync(Task<IPersonalAccessTokenChangeSubscription> subscribing)
    {
        try
        {
            var subscription = await subscribing.ConfigureAwait(false);
            await subscription.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It did not come.
        }
    }
}

using Microsoft.Extensions.Logging;

namespace Pat;

/// <summary>
/// One connection to the change feed, from the moment it listens until it is lost. It counts as up when all that was in
/// use has been read again since, and while the node hears its own heartbeats in time: a connection can be there and deaf.
/// </summary>
internal sealed class ListeningSession(
    IPersonalAccessTokenChangeFeed feed,
    IPersonalAccessTokenChangeSubscription subscription,
    PersonalAccessTokenNode node,
    ChangeCounters counters,
    StateRefresher refresher,
    FeedStatus status,
    StoreClock storeClock,
    PatMetrics metrics,
    TimeProvider timeProvider,
    ILogger logger)
{
    private static readonly TimeSpan BetweenBeats = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestBeat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long _beats;
    private DateTimeOffset _beatAt;
    private long _beatTimestamp;
    private long _heardTimestamp = timeProvider.GetTimestamp();
    private bool _isBeatHeard;
    private bool _hasCaughtUp;

    /// <summary>
    /// When the last heartbeat was sent that was heard in time, by this node's clock: everything sent before it has
    /// arrived. Null where none was heard.
    /// </summary>
    public DateTimeOffset? HeardUntil { get; private set; }

    /// <summary>Ends with an exception: that of the connection, or of the one who stops it.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);

        // What was read before this moment may have missed what changed while nobody listened.
        var connected = counters.NextRead();
        Task[] work = [ReceiveAsync(over.Token), BeatAsync(over.Token), CatchUpAsync(connected, over.Token)];
        try
        {
            await foreach (var ended in Task.WhenEach(work).ConfigureAwait(false))
            {
                await ended.ConfigureAwait(false);
            }
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Take(await subscription.ReceiveAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    private void Take(string text)
    {
        if (!PersonalAccessTokenNotice.TryParse(text, out var notice))
        {
            Log.UnreadableNotice(logger);
            counters.EverythingChanged();
            return;
        }

        if (notice.Change is { } change)
        {
            // What this node changed counts here already.
            if (notice.NodeId != node.Id)
            {
                counters.Changed(change);
            }

            metrics.Propagated(storeClock.UtcNow - notice.SentAt);
        }
        else if (notice.NodeId == node.Id)
        {
            Hear(notice.Heartbeat!.Value);
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(BetweenBeats, timeProvider);
        do
        {
            if (timeProvider.GetElapsedTime(_heardTimestamp) >= LongestSilence)
            {
                throw new TimeoutException($"The node's own heartbeat was not heard for {LongestSilence}.");
            }

            await SendBeatAsync(cancellationToken).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task SendBeatAsync(CancellationToken cancellationToken)
    {
        PersonalAccessTokenNotice beat;
        lock (_lock)
        {
            _beatAt = timeProvider.GetUtcNow();
            _beatTimestamp = timeProvider.GetTimestamp();
            _isBeatHeard = false;
            beat = PersonalAccessTokenNotice.OfHeartbeat(node, ++_beats, storeClock.UtcNow);
        }

        using var limit = new CancellationTokenSource(LongestBeat, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await feed.PublishAsync(beat, either.Token).InTimeAsync(either.Token).ConfigureAwait(false);
            await Task.Delay(LongestBeat, timeProvider, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whoever can't send it does not hear it either, and silence is what counts.
        }

        cancellationToken.ThrowIfCancellationRequested();
        SayIfLate();
    }

    private void Hear(long beat)
    {
        lock (_lock)
        {
            _heardTimestamp = timeProvider.GetTimestamp();
            if (beat == _beats && timeProvider.GetElapsedTime(_beatTimestamp) <= LongestBeat)
            {
                _isBeatHeard = true;
                HeardUntil = _beatAt;
                SayIfUp();
            }
        }
    }

    private void SayIfLate()
    {
        lock (_lock)
        {
            if (status.IsUp && !_isBeatHeard)
            {
                status.IsUp = false;
                Log.FeedLate(logger, LongestBeat, HeardUntil!.Value);
            }
        }
    }

    private void SayIfUp()
    {
        if (_hasCaughtUp && _isBeatHeard && !status.IsUp)
        {
            status.IsUp = true;
            Log.FeedUp(logger);
        }
    }

    /// <summary>
    /// Reads everything in use again, while requests go on with what they have; then what was read before counts no more.
    /// What can't be read in MaxStaleness is too old by then, and holds nothing up.
    /// </summary>
    private async Task CatchUpAsync(long connected, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        while (!await refresher.RefreshAllAsync(cancellationToken).ConfigureAwait(false)
            && timeProvider.GetElapsedTime(started) < refresher.MaxStaleness)
        {
            await Task.Delay(BetweenAttempts, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        counters.EverythingChangedBefore(connected);
        lock (_lock)
        {
            _hasCaughtUp = true;
            SayIfUp();
        }
    }
}

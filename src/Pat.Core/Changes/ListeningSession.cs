using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Pat;

/// <summary>
/// One connection to the change feed, from the moment it listens until it is lost. It counts as up when all that was in
/// use has been read again since, and while the node hears its own heartbeats in time: a connection can be there and deaf.
/// </summary>
internal sealed class ListeningSession(
    IPersonalAccessTokenChangeFeed feed,
    IPersonalAccessTokenChangeSubscription subscription,
    ChangePublisher publisher,
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
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenComplaints = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();

    /// <summary>Has something in it while everything is to be read again: however often that was said, it is done once.</summary>
    private readonly Channel<bool> _sweeps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private long _beats;
    private DateTimeOffset _beatAt;
    private long _beatTimestamp;
    private long _heardTimestamp = timeProvider.GetTimestamp();
    private bool _isBeatHeard;
    private bool _hasCaughtUp;
    private int _unreadable;
    private long? _complaintTimestamp;

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
        Task[] work = [ReceiveAsync(over.Token), BeatAsync(over.Token), CatchUpAsync(connected, over.Token), SweepAsync(over.Token)];
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
            Complain();
            _sweeps.Writer.TryWrite(true);
            return;
        }

        if (notice.Change is { } change)
        {
            // What this node changed counts here already.
            if (notice.NodeId != node.Id)
            {
                Take(change);
            }

            metrics.Propagated(storeClock.UtcNow - notice.SentAt);
        }
        else if (notice.NodeId == node.Id)
        {
            Hear(notice.Heartbeat!.Value);
        }
    }

    private void Take(PersonalAccessTokenChange change)
    {
        if (change == PersonalAccessTokenChange.Everything)
        {
            _sweeps.Writer.TryWrite(true);
        }
        else
        {
            counters.Changed(change);
        }
    }

    /// <summary>Whoever sends what can't be read may send it without end.</summary>
    private void Complain()
    {
        _unreadable++;
        if (_complaintTimestamp is not { } last || timeProvider.GetElapsedTime(last) >= BetweenComplaints)
        {
            Log.UnreadableNotices(logger, _unreadable);
            (_unreadable, _complaintTimestamp) = (0, timeProvider.GetTimestamp());
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
        long beat;
        lock (_lock)
        {
            _beatAt = timeProvider.GetUtcNow();
            _beatTimestamp = timeProvider.GetTimestamp();
            _isBeatHeard = false;
            beat = ++_beats;
        }

        using var limit = new CancellationTokenSource(LongestBeat, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await publisher.BeatAsync(feed, beat, either.Token).ConfigureAwait(false);
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

    private async Task CatchUpAsync(long connected, CancellationToken cancellationToken)
    {
        await ReadAgainAsync(connected, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            _hasCaughtUp = true;
            SayIfUp();
        }
    }

    /// <summary>
    /// Reads everything again where a notice says that anything may have changed, one time after the other: what is said
    /// while that is under way is seen to by the next time. One that the end of the connection keeps from coming is done
    /// by the next connection.
    /// </summary>
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _sweeps.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            await ReadAgainAsync(counters.NextRead(), cancellationToken).ConfigureAwait(false);
            await Task.Delay(BetweenSweeps, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Reads everything in use again, while requests go on with what they have; then what was read before the moment of
    /// <paramref name="number"/> counts no more. What can't be read in MaxStaleness is too old by then, and holds nothing up.
    /// </summary>
    private async Task ReadAgainAsync(long number, CancellationToken cancellationToken)
    {
        using var activity = PatActivities.Start(PatActivities.FeedCatchUp);
        var started = timeProvider.GetTimestamp();
        while (!await refresher.RefreshAllAsync(cancellationToken).ConfigureAwait(false)
            && timeProvider.GetElapsedTime(started) < refresher.MaxStaleness)
        {
            await Task.Delay(BetweenAttempts, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        counters.EverythingChangedBefore(number);
    }
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>Reads the tokens in use again before what is known of them is too old, so that no request has to wait for it.</summary>
internal sealed class StateRefresher(
    TokenReader reader,
    VerificationCache cache,
    RefreshRounds rounds,
    TimeProvider timeProvider,
    IOptions<PersonalAccessTokenOptions> options,
    ILogger<StateRefresher> logger) : BackgroundService
{
    private readonly TimeSpan _maxStaleness = options.Value.MaxStaleness;
    private TimeSpan _lastRound;

    /// <summary>How old what is known may be when it lets a request in.</summary>
    public TimeSpan MaxStaleness => _maxStaleness;

    /// <summary>
    /// Reads again what would be too old before the next round: every token that was used in this round or the one before.
    /// </summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var used = cache.UsedSince(rounds.Current - 1);
        rounds.Advance();
        var (timestamp, utcTicks) = (timeProvider.GetTimestamp(), timeProvider.GetUtcNow().UtcTicks);

        // What a round reads late is young when the next one begins, and would be too old before the one after gets to it.
        var young = (_maxStaleness / 4) - _lastRound;
        var due = used
            .Where(token => token.State.Read.Age(timeProvider, timestamp, utcTicks) > young)
            .Select(static token => token.Id);
        await TryReadAllAsync(due, cancellationToken).ConfigureAwait(false);
        _lastRound = timeProvider.GetElapsedTime(timestamp);
    }

    /// <summary>
    /// Reads again every token in use, however fresh what is known of it. Where each request reads for itself there is nothing
    /// to be done.
    /// </summary>
    /// <returns>Whether all of them could be read.</returns>
    public Task<bool> RefreshAllAsync(CancellationToken cancellationToken) =>
        _maxStaleness == TimeSpan.Zero ? Task.FromResult(true) : TryReadAllAsync(cache.UsedSince(rounds.Current - 1).Select(static token => token.Id), cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_maxStaleness == TimeSpan.Zero)
        {
            return;
        }

        using var timer = new PeriodicTimer(_maxStaleness / 2, timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await RefreshAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Where the host's start failed, it would log this as a failure of its own and hide the first one.
        }
    }

    private async Task<bool> TryReadAllAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var isComplete = true;
        foreach (var batch in ids.Chunk(TokenReader.MaxTokens))
        {
            cancellationToken.ThrowIfCancellationRequested();
            isComplete &= await TryReadAsync(batch).ConfigureAwait(false);
        }

        return isComplete;
    }

    /// <summary>A batch that fails leaves the others theirs: what could not be read again serves until it is too old.</summary>
    private async Task<bool> TryReadAsync(Guid[] batch)
    {
        using var activity = PatActivities.Start(PatActivities.Refresh);
        activity?.SetTag(PatTags.SpanCount, batch.Length);
        try
        {
            await reader.ReadAsync(batch).ConfigureAwait(false);
            return true;
        }
        catch (PersonalAccessTokenUnavailableException exception)
        {
            // It is in the log.
            activity.Fail(exception);
            return false;
        }
        catch (Exception exception)
        {
            // A row or an owner that can't be read into memory must not stop the host.
            activity.Fail(exception);
            Log.RefreshFailed(logger, batch.Length, exception);
            return false;
        }
    }
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>
/// Removes tokens that nobody needs to see any more: inactive ones after <see cref="PersonalAccessTokenOptions.InactiveRetention"/>,
/// expired and revoked ones after <see cref="PersonalAccessTokenOptions.Retention"/>. The application runs it by itself
/// every <see cref="PersonalAccessTokenOptions.CleanupInterval"/>; a tool can run it by hand. Any number of nodes may at once.
/// </summary>
public sealed class PersonalAccessTokenCleanup
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly IPersonalAccessTokenStore _store;
    private readonly Clock _clock;
    private readonly StoreClock _storeClock;
    private readonly PatMetrics _metrics;
    private readonly PersonalAccessTokenOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;

    internal PersonalAccessTokenCleanup(
        IPersonalAccessTokenStore store,
        Clock clock,
        StoreClock storeClock,
        PatMetrics metrics,
        IOptions<PersonalAccessTokenOptions> options,
        TimeProvider timeProvider,
        ILogger<PersonalAccessTokenCleanup> logger)
    {
        _store = store;
        _clock = clock;
        _storeClock = storeClock;
        _metrics = metrics;
        _options = options.Value;
        _timeProvider = timeProvider;
        _logger = logger;
    }

    /// <summary>
    /// Walks through all tokens and removes those that may go, in batches with pauses between them. Does nothing, and
    /// logs it, where this machine's clock is further than <see cref="PersonalAccessTokenOptions.MaxClockSkew"/> from the
    /// store's.
    /// </summary>
    /// <returns>How many tokens it removed.</returns>
    public Task<int> RunAsync(CancellationToken cancellationToken = default) => PatActivities.RunAsync(
        PatActivities.Cleanup,
        async activity =>
        {
            var removed = await RemoveAsync(cancellationToken).ConfigureAwait(false);
            activity?.SetTag(PatTags.SpanCount, removed);
            return removed;
        });

    private async Task<int> RemoveAsync(CancellationToken cancellationToken)
    {
        if (await IsSkewedAsync(cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        var total = 0;
        string? position = null;
        do
        {
            if (position is not null)
            {
                await Task.Delay(Pause, _timeProvider, cancellationToken).ConfigureAwait(false);
            }

            var retention = new PersonalAccessTokenRetention(
                _clock.Usability(), _options.Retention, _options.InactiveRetention);
            var removal = await _store
                .RemoveAsync(retention, _options.CleanupBatchSize, position, cancellationToken).ConfigureAwait(false);
            total += removal.Removed;
            _metrics.TokensRemoved(removal.Removed);
            position = removal.Position;
        }
        while (position is not null);

        if (total > 0)
        {
            Log.CleanedUp(_logger, total);
        }

        return total;
    }

    private async Task<bool> IsSkewedAsync(CancellationToken cancellationToken)
    {
        await _storeClock.MeasureAsync(() => _store.GetUtcNowAsync(cancellationToken)).ConfigureAwait(false);
        var skew = _storeClock.Skew;
        if (skew <= _options.MaxClockSkew)
        {
            return false;
        }

        Log.ClockSkewed(_logger, skew);
        return true;
    }
}

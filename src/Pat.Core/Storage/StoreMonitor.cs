using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>
/// Finds out whether the store answers when calls fail one after the other, and when it does again; and compares its clock
/// with this node's.
/// </summary>
internal sealed class StoreMonitor(
    IPersonalAccessTokenStore store,
    StoreGuard guard,
    StoreClock storeClock,
    TimeProvider timeProvider,
    IOptions<PersonalAccessTokenOptions> options,
    ILogger<StoreMonitor> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenMeasurements = TimeSpan.FromSeconds(30);

    /// <summary>The first answers are slow ones, from which the time is not known well: the next are soon asked for.</summary>
    private static readonly TimeSpan BetweenFirstMeasurements = TimeSpan.FromMilliseconds(500);

    private const int FirstMeasurements = 4;

    private readonly TimeSpan _limit = options.Value.StoreTimeout;
    private readonly Lock _lock = new();
    private Task? _together;
    private bool _isKnown;

    /// <summary>Asks the store for its time. Throws where it does not answer.</summary>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await storeClock.MeasureAsync(() => store.GetUtcNowAsync(either.Token).InTimeAsync(either.Token)).ConfigureAwait(false);
    }

    /// <summary>The same for whoever asks from outside: however many do, the store is asked by one at a time.</summary>
    public Task ProbeTogetherAsync()
    {
        lock (_lock)
        {
            if (_together is not { IsCompleted: false })
            {
                _together = ProbeAsync(CancellationToken.None);
                _together.IgnoreLaterFault();
            }

            return _together;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        guard.Observe();
        var measurements = 0;
        try
        {
            while (true)
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
                if (guard.IsOpen)
                {
                    await Task.Delay(BetweenProbes, timeProvider, stoppingToken).ConfigureAwait(false);
                }
                else
                {
                    await guard.Suspicion
                        .WaitAsync(++measurements < FirstMeasurements ? BetweenFirstMeasurements : BetweenMeasurements, timeProvider, stoppingToken)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    stoppingToken.ThrowIfCancellationRequested();
                }
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Where the host's start failed, it would log this as a failure of its own and hide the first one.
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ProbeAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            if (guard.IsSuspicious && !guard.IsOpen)
            {
                guard.Open();
                Log.StoreLost(logger, exception);
            }
            else if (!_isKnown)
            {
                // Alone it opens nothing: an application may make its tables after its start.
                Log.StoreNotReady(logger, exception);
            }

            _isKnown = true;
            return;
        }

        _isKnown = true;
        var wasOpen = guard.IsOpen;
        guard.Close();
        if (wasOpen)
        {
            Log.StoreFound(logger);
        }
    }
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>Writes the last uses that the <see cref="UsageRecorder"/> noted, in batches, and once more at shutdown.</summary>
internal sealed class UsageWriter(
    IPersonalAccessTokenStore store,
    UsageRecorder recorder,
    PatMetrics metrics,
    IOptions<PersonalAccessTokenOptions> options,
    TimeProvider timeProvider,
    ILogger<UsageWriter> logger) : BackgroundService
{
    private const int BatchSize = 1_000;

    private static readonly TimeSpan LastFlushLimit = TimeSpan.FromSeconds(5);

    private readonly PersonalAccessTokenOptions _options = options.Value;

    /// <summary>
    /// Writes what is noted at its start, the oldest first; what requests note meanwhile is for the next flush. What the
    /// store could not take is put back for that too.
    /// </summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        recorder.ForgetTaken();
        var again = new List<PersonalAccessTokenUse>();
        for (var left = recorder.Count; left > 0; left -= BatchSize)
        {
            var batch = recorder.Take(Math.Min(left, BatchSize));
            var refused = await WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            again.AddRange(refused);
            if (refused.Count == batch.Count)
            {
                // A store that takes nothing is down, or has other things to do.
                break;
            }
        }

        recorder.PutBack(again);
        if (recorder.TakeDropped() is var dropped and > 0)
        {
            metrics.UsesDropped(dropped);
            Log.UsageDropped(logger, dropped);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(LastFlushLimit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await FlushAsync(either.Token).ConfigureAwait(false);
        if (recorder.Count is var lost and > 0)
        {
            Log.UsageLost(logger, lost);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.UsageFlushInterval, timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await FlushAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Where the host's start failed, it would log this as a failure of its own and hide the first one.
        }
    }

    /// <returns>The uses that are to be tried again.</returns>
    private async Task<List<PersonalAccessTokenUse>> WriteAsync(
        List<PersonalAccessTokenUse> batch, CancellationToken cancellationToken)
    {
        try
        {
            // A statement that was sent is not cancelled, but not waited for either once the host stops: where it
            // did arrive, writing the same uses again changes nothing.
            var write = store.RecordUseAsync(batch, _options.UsageResolution, cancellationToken);
            write.IgnoreLaterFault();
            var outcomes = await write.WaitAsync(cancellationToken).ConfigureAwait(false);
            metrics.UsesFlushed(outcomes.Values.Count(static outcome => outcome == PersonalAccessTokenUseOutcome.Written));
            return [.. batch.Where(use => outcomes.GetValueOrDefault(use.Id) == PersonalAccessTokenUseOutcome.Busy)];
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                Log.UsageFlushFailed(logger, batch.Count, exception);
            }

            return batch;
        }
    }
}

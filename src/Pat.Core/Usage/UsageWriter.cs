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

    /// <summary>Cancelled when the time of the last flush is over. It has no timer, so there is nothing to dispose of.</summary>
    private readonly CancellationTokenSource _over = new();

    /// <summary>
    /// Writes what is noted at its start, the oldest first; what requests note meanwhile is for the next flush. What the
    /// store could not take is put back for that too.
    /// </summary>
    /// <param name="stoppingToken">Ends it after the batch under way, which holds its rows until it is done.</param>
    public async Task FlushAsync(CancellationToken stoppingToken)
    {
        recorder.ForgetTaken();
        var again = new List<PersonalAccessTokenUse>();
        for (var left = recorder.Count; left > 0 && !stoppingToken.IsCancellationRequested; left -= BatchSize)
        {
            var batch = recorder.Take(Math.Min(left, BatchSize));
            if (await TryWriteAsync(batch).ConfigureAwait(false) is not { } busy)
            {
                again.AddRange(batch);
                break;
            }

            again.AddRange(busy);
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
        using var limit = new CancellationTokenSource(LastFlushLimit, timeProvider);
        using var ofTime = limit.Token.UnsafeRegister(static over => ((CancellationTokenSource)over!).Cancel(), _over);
        using var ofHost = cancellationToken.UnsafeRegister(static over => ((CancellationTokenSource)over!).Cancel(), _over);

        // The flush under way ends with its batch or its time, and has put back by then what it could not write.
        await base.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await FlushAsync(_over.Token).ConfigureAwait(false);
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

    /// <returns>The uses that are to be tried again, or null where the store took none.</returns>
    private async Task<List<PersonalAccessTokenUse>?> TryWriteAsync(List<PersonalAccessTokenUse> batch)
    {
        using var activity = PatActivities.Start(PatActivities.UsageWrite);
        activity?.SetTag(PatTags.SpanCount, batch.Count);
        try
        {
            // A statement that was sent is not cancelled, but not waited for either once its time is over: where it
            // did arrive, writing the same uses again changes nothing.
            var write = store.RecordUseAsync(batch, _options.UsageResolution, _over.Token);
            write.IgnoreLaterFault();
            var outcomes = await write.WaitAsync(_over.Token).ConfigureAwait(false);
            metrics.UsesFlushed(outcomes.Values.Count(static outcome => outcome == PersonalAccessTokenUseOutcome.Written));
            return [.. batch.Where(use => outcomes.GetValueOrDefault(use.Id) == PersonalAccessTokenUseOutcome.Busy)];
        }
        catch (Exception exception)
        {
            activity.Fail(exception);
            if (!_over.IsCancellationRequested)
            {
                Log.UsageFlushFailed(logger, batch.Count, exception);
            }

            return null;
        }
    }
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>Runs the clean-up every interval; first after a random part of it, so that nodes started together spread out.</summary>
internal sealed class CleanupService(
    PersonalAccessTokenCleanup cleanup,
    IOptions<PersonalAccessTokenOptions> options,
    TimeProvider timeProvider,
    ILogger<CleanupService> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RepeatAsync(options.Value.CleanupInterval, stoppingToken).ConfigureAwait(false);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Where the host's start failed, it would log this as a failure of its own and hide the first one.
        }
    }

    private async Task RepeatAsync(TimeSpan interval, CancellationToken stoppingToken)
    {
        var wait = interval * Random.Shared.NextDouble();
        while (true)
        {
            await Task.Delay(wait, timeProvider, stoppingToken).ConfigureAwait(false);
            wait = interval;
            try
            {
                await cleanup.RunAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.CleanupFailed(logger, exception);
            }
        }
    }
}

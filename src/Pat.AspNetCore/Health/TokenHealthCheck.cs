using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Pat.AspNetCore;

/// <summary>
/// Whether tokens can be judged here: unhealthy where the store does not answer, degraded where they can be and something
/// needs an operator's eye.
/// </summary>
internal sealed class TokenHealthCheck(
    StoreMonitor store, StoreGuard guard, StoreClock clock, FeedStatus feed, UsageRecorder usage, SecretHasher hasher) : IHealthCheck
{
    /// <summary>The difference of clocks that is worth a word: expiry is judged by each node's own.</summary>
    private static readonly TimeSpan LargestClockDifference = TimeSpan.FromSeconds(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var outage = await FindOutageAsync(cancellationToken);
        var offset = clock.Offset ?? TimeSpan.Zero;
        var pending = usage.Count;
        List<string> concerns = [];
        if (outage is not null || guard.IsOpen)
        {
            concerns.Add("The token store does not answer.");
        }

        if (feed is { HasFeed: true, IsUp: false })
        {
            concerns.Add("The change feed is down: changes on other nodes count here within MaxStaleness only.");
        }

        if (offset.Duration() > LargestClockDifference)
        {
            concerns.Add(string.Create(CultureInfo.InvariantCulture, $"This node's clock is {offset.Negate().TotalSeconds:0.0} s off the database's."));
        }

        if (hasher.HasMetUnknownKey)
        {
            concerns.Add("A token's hash names a pepper key that is not among Hashing.Peppers; the log says which token's.");
        }

        if (pending > UsageRecorder.Capacity / 2)
        {
            concerns.Add("Last uses are noted faster than the store takes them.");
        }

        var data = new Dictionary<string, object>
        {
            ["store"] = outage is null && !guard.IsOpen ? "up" : "down",
            ["circuit"] = guard.IsOpen ? "open" : "closed",
            ["feed"] = feed.HasFeed ? (feed.IsUp ? "up" : "down") : "none",
            ["clockDifferenceSeconds"] = offset.Negate().TotalSeconds,
            ["pendingUses"] = pending,
        };
        var description = concerns.Count == 0 ? "Tokens are judged, and changes elsewhere arrive." : string.Join(' ', concerns);
        return outage is not null || guard.IsOpen
            ? new HealthCheckResult(context.Registration.FailureStatus, description, outage, data)
            : concerns.Count == 0 ? HealthCheckResult.Healthy(description, data) : HealthCheckResult.Degraded(description, data: data);
    }

    /// <summary>Asks the store, unless that is done anyway: whoever can ask for a node's health must not be able to load the store.</summary>
    private async Task<Exception?> FindOutageAsync(CancellationToken cancellationToken)
    {
        if (guard.IsOpen)
        {
            return null;
        }

        try
        {
            await store.ProbeTogetherAsync().WaitAsync(cancellationToken);
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception;
        }
    }
}

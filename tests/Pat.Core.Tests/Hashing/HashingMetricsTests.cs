using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Options;

namespace Pat.Core.Tests;

public sealed class HashingMetricsTests
{
    private static readonly string Value = PersonalAccessTokenFormat.Create("pat", Guid.AllBitsSet);

    private readonly IMeterFactory _meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    [Theory]
    [InlineData(PersonalAccessTokenHashAlgorithm.Argon2id, "argon2id")]
    [InlineData(PersonalAccessTokenHashAlgorithm.Sha256, "sha256")]
    public async Task Each_hash_is_measured_by_its_algorithm(PersonalAccessTokenHashAlgorithm algorithm, string tag)
    {
        using var durations = new MetricCollector<double>(_meters, PatMetrics.MeterName, "pat.verification.hash.duration");
        using var hasher = Hasher(algorithm, new SteppingTime());

        await hasher.VerifyAsync(Value, await hasher.HashAsync(Value));

        Assert.All(durations.GetMeasurementSnapshot(), measured => Assert.Equal((1, tag), (measured.Value, measured.Tags["algorithm"])));
        Assert.Equal(2, durations.GetMeasurementSnapshot().Count);
    }

    [Fact]
    public async Task The_queue_is_of_presented_and_of_new_secrets()
    {
        using var queue = new MetricCollector<int>(_meters, PatMetrics.MeterName, "pat.verification.gate.queue");
        using var hasher = Hasher(PersonalAccessTokenHashAlgorithm.Argon2id, TimeProvider.System);
        var stored = await hasher.HashAsync(Value);
        var held = await HeldHashRoom.HoldAsync(hasher.Room);

        // Of the new ones one asks for a place, and two wait to.
        var verdict = hasher.VerifyAsync(Value, stored);
        var made = Enumerable.Range(0, 3).Select(_ => hasher.HashAsync(Value)).ToList();
        queue.RecordObservableInstruments();
        Assert.Equal(4, queue.LastMeasurement?.Value);

        await held.ReleaseAsync();
        await Task.WhenAll(made);
        await verdict;
        queue.RecordObservableInstruments();
        Assert.Equal(0, queue.LastMeasurement?.Value);
    }

    private SecretHasher Hasher(PersonalAccessTokenHashAlgorithm algorithm, TimeProvider time)
    {
        var options = new PersonalAccessTokenOptions();
        SecretHashers.Small(options.Hashing);
        options.Hashing.Algorithm = algorithm;
        return new SecretHasher(Options.Create(options), new PatMetrics(_meters), time, places: 2);
    }

    /// <summary>A clock on which a second passes from each look to the next.</summary>
    private sealed class SteppingTime : TimeProvider
    {
        private long _seconds;

        public override long GetTimestamp() => Interlocked.Increment(ref _seconds) * TimestampFrequency;
    }
}

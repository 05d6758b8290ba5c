using System.Diagnostics.Metrics;

namespace Pat;

/// <summary>The instruments of the meter <c>Pat</c>. Their tags come from fixed lists, never from a request.</summary>
internal sealed class PatMetrics
{
    public const string MeterName = "Pat";

    private readonly Histogram<double> _hashDuration;
    private readonly Counter<long> _created;
    private readonly Counter<long> _rotated;
    private readonly Counter<long> _revoked;
    private readonly Counter<long> _removed;
    private readonly Counter<long> _usesFlushed;

    public PatMetrics(IMeterFactory meterFactory)
    {
        // The factory owns its meters and disposes of them.
        var meter = meterFactory.Create(MeterName);
        _hashDuration = meter.CreateHistogram<double>(
            "pat.verification.hash.duration", "s", "Time to compute one hash of a secret.");
        _created = meter.CreateCounter<long>("pat.tokens.created", "{token}", "Tokens created.");
        _rotated = meter.CreateCounter<long>("pat.tokens.rotated", "{token}", "Secrets replaced by a rotation.");
        _revoked = meter.CreateCounter<long>("pat.tokens.revoked", "{token}", "Tokens revoked.");
        _removed = meter.CreateCounter<long>("pat.tokens.removed", "{token}", "Tokens removed by clean-up.");
        _usesFlushed = meter.CreateCounter<long>("pat.usage.flushed", "{token}", "Last uses handed to the store.");
    }

    public void SecretHashed(PersonalAccessTokenHashAlgorithm algorithm, TimeSpan duration) =>
        _hashDuration.Record(
            duration.TotalSeconds,
            new KeyValuePair<string, object?>(
                "algorithm", algorithm == PersonalAccessTokenHashAlgorithm.Argon2id ? "argon2id" : "sha256"));

    public void TokenCreated() => _created.Add(1);

    public void TokenRotated() => _rotated.Add(1);

    public void TokensRevoked(int count) => _revoked.Add(count);

    public void TokensRemoved(int count) => _removed.Add(count);

    public void UsesFlushed(int count) => _usesFlushed.Add(count);
}

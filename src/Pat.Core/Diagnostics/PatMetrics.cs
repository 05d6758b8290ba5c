using System.Diagnostics.Metrics;

namespace Pat;

/// <summary>The instruments of the meter <c>Pat</c>. Their tags come from fixed lists, never from a request.</summary>
internal sealed class PatMetrics
{
    public const string MeterName = "Pat";

    private readonly Meter _meter;
    private readonly Histogram<double> _authenticationDuration;
    private readonly Histogram<double> _hashDuration;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _limited;
    private readonly Counter<long> _connectionsEnded;
    private readonly Counter<long> _created;
    private readonly Counter<long> _rotated;
    private readonly Counter<long> _revoked;
    private readonly Counter<long> _removed;
    private readonly Counter<long> _usesFlushed;
    private readonly Counter<long> _usesDropped;
    private readonly Histogram<double> _propagation;
    private readonly Counter<long> _negativePropagations;

    public PatMetrics(IMeterFactory meterFactory)
    {
        // The factory owns its meters and disposes of them.
        var meter = _meter = meterFactory.Create(MeterName);
        _authenticationDuration = meter.CreateHistogram<double>(
            "pat.authentication.duration", "s", "Time to judge one presented token.");
        _rejected = meter.CreateCounter<long>("pat.verification.rejected", "{token}", "Presented tokens that were refused.");
        _limited = meter.CreateCounter<long>(
            "pat.verification.limited", "{token}", "Presented tokens that were not judged, since too much was refused from their address.");
        _connectionsEnded = meter.CreateCounter<long>(
            "pat.connections.ended", "{connection}", "Open connections that were told that their token is no longer usable.");
        _hashDuration = meter.CreateHistogram<double>(
            "pat.verification.hash.duration", "s", "Time to compute one hash of a secret.");
        _created = meter.CreateCounter<long>("pat.tokens.created", "{token}", "Tokens created.");
        _rotated = meter.CreateCounter<long>("pat.tokens.rotated", "{token}", "Secrets replaced by a rotation.");
        _revoked = meter.CreateCounter<long>("pat.tokens.revoked", "{token}", "Tokens revoked.");
        _removed = meter.CreateCounter<long>("pat.tokens.removed", "{token}", "Tokens removed by clean-up.");
        _usesFlushed = meter.CreateCounter<long>("pat.usage.flushed", "{token}", "Last uses written.");
        _usesDropped = meter.CreateCounter<long>(
            "pat.usage.dropped", "{token}", "Last uses that were never written, for want of room in memory.");
        _propagation = meter.CreateHistogram<double>(
            "pat.revocation.propagation", "s", "Time from a change, by the database's clock, until this node heard of it.");
        _negativePropagations = meter.CreateCounter<long>(
            "pat.revocation.propagation.negative", "{notice}", "Notices that seem to have arrived before they were sent: the clocks' difference is known less exactly than that. They count as 0 s.");
    }

    /// <summary>Whether anybody listens to how long authentication takes: a request need not look at the clock otherwise.</summary>
    public bool MeasuresAuthentication => _authenticationDuration.Enabled;

    public void ObserveCacheEntries(Func<int> count) =>
        _meter.CreateObservableGauge("pat.cache.entries", count, "{token}", "Proven tokens in memory.");

    public void ObserveOpenConnections(Func<int> count) =>
        _meter.CreateObservableGauge("pat.connections.open", count, "{connection}", "Open connections whose token is judged again and again.");

    /// <param name="refusal">What speaks against the token, or null where it could not be judged in time.</param>
    public void ConnectionEnded(PersonalAccessTokenRefusal? refusal) => _connectionsEnded.Add(
        1, new KeyValuePair<string, object?>("reason", refusal is { } known ? NameOf(known) : "unavailable"));

    public void ObserveGateQueue(Func<int> count) =>
        _meter.CreateObservableGauge("pat.verification.gate.queue", count, "{hash}", "Hashes that wait for room.");

    /// <param name="result">accepted, refused or unavailable.</param>
    /// <param name="source">What it rests on.</param>
    /// <param name="duration">How long it took.</param>
    public void Authenticated(string result, VerdictSource source, TimeSpan duration) =>
        _authenticationDuration.Record(
            duration.TotalSeconds,
            new KeyValuePair<string, object?>("result", result),
            new KeyValuePair<string, object?>("source", NameOf(source)));

    public void Rejected(PersonalAccessTokenRefusal refusal)
    {
        if (_rejected.Enabled)
        {
            _rejected.Add(1, new KeyValuePair<string, object?>("reason", NameOf(refusal)));
        }
    }

    public void Limited() => _limited.Add(1);

    public void SecretHashed(PersonalAccessTokenHashAlgorithm algorithm, TimeSpan duration) =>
        _hashDuration.Record(
            duration.TotalSeconds,
            new KeyValuePair<string, object?>(
                "algorithm", algorithm == PersonalAccessTokenHashAlgorithm.Argon2id ? "argon2id" : "sha256"));

    public void ObserveFeed(Func<int> isUp) =>
        _meter.CreateObservableGauge("pat.feed.up", isUp, "{feed}", "1 while this node hears of changes on other nodes, 0 while it does not.");

    public void ObserveStore(Func<int> isUp) =>
        _meter.CreateObservableGauge("pat.store.up", isUp, "{store}", "1 while the store answers, 0 while it is only probed.");

    /// <param name="duration">How long a change took to get here, by the store's clock.</param>
    public void Propagated(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
        {
            _negativePropagations.Add(1);
        }

        _propagation.Record(Math.Max(duration.TotalSeconds, 0));
    }

    public void TokenCreated() => _created.Add(1);

    public void TokenRotated() => _rotated.Add(1);

    public void TokensRevoked(int count) => _revoked.Add(count);

    public void TokensRemoved(int count) => _removed.Add(count);

    public void UsesFlushed(int count) => _usesFlushed.Add(count);

    public void UsesDropped(int count) => _usesDropped.Add(count);

    public void ObservePendingUses(Func<int> count) =>
        _meter.CreateObservableGauge("pat.usage.pending", count, "{token}", "Last uses noted in memory and not yet written.");

    private static string NameOf(VerdictSource source) => source switch
    {
        VerdictSource.Hash => "hash",
        VerdictSource.Store => "store",
        _ => "cache",
    };

    private static string NameOf(PersonalAccessTokenRefusal refusal) => refusal switch
    {
        PersonalAccessTokenRefusal.Malformed => "malformed",
        PersonalAccessTokenRefusal.UnknownId => "unknown_id",
        PersonalAccessTokenRefusal.WrongSecret => "wrong_secret",
        PersonalAccessTokenRefusal.Revoked => "revoked",
        PersonalAccessTokenRefusal.Expired => "expired",
        PersonalAccessTokenRefusal.Inactive => "inactive",
        PersonalAccessTokenRefusal.OwnerDisabled => "owner_disabled",
        PersonalAccessTokenRefusal.OwnerStampChanged => "owner_stamp_changed",
        PersonalAccessTokenRefusal.ScopesReduced => "scopes_reduced",
        _ => "unreadable_hash",
    };
}

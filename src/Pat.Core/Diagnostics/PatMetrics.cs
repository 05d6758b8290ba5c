using System.Diagnostics.Metrics;
using System.Reflection;

namespace Pat;

/// <summary>The instruments of the meter <c>Pat</c>. Their tags come from fixed lists, never from a request.</summary>
internal sealed class PatMetrics
{
    public const string MeterName = "Pat";

    /// <summary>Of this package: what tells instruments and spans of one version from those of another.</summary>
    public static readonly string Version =
        typeof(PatMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    // Seconds. OpenTelemetry's own steps begin at 5, and would put everything into one. A proven token takes microseconds; a
    // request waits no longer than for its turn, the store and a hash.
    private static readonly InstrumentAdvice<double> StepsOfAuthentication = new()
    {
        HistogramBucketBoundaries = [0.00001, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly InstrumentAdvice<double> StepsOfHashes = new()
    {
        HistogramBucketBoundaries = [0.00001, 0.0001, 0.001, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10],
    };

    // The bound is MaxStaleness, 10 seconds by default.
    private static readonly InstrumentAdvice<double> StepsOfPropagation = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private readonly Meter _meter;
    private readonly Histogram<double> _authenticationDuration;
    private readonly Histogram<double> _hashDuration;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _limited;
    private readonly Counter<long> _requestsRefused;
    private readonly Counter<long> _managementAnswered;
    private readonly Counter<long> _connectionsEnded;
    private readonly Counter<long> _created;
    private readonly Counter<long> _rotated;
    private readonly Counter<long> _revoked;
    private readonly Counter<long> _removed;
    private readonly Counter<long> _usesFlushed;
    private readonly Counter<long> _usesDropped;
    private readonly Histogram<double> _propagation;
    private readonly Counter<long> _earlyNotices;

    public PatMetrics(IMeterFactory meterFactory)
    {
        // The factory owns its meters and disposes of them.
        var meter = _meter = meterFactory.Create(MeterName, Version);
        _authenticationDuration = meter.CreateHistogram<double>(
            "pat.authentication.duration", "s", "Time to judge one presented token.", tags: null, StepsOfAuthentication);
        _rejected = meter.CreateCounter<long>("pat.verification.rejected", "{token}", "Presented tokens that were refused.");
        _limited = meter.CreateCounter<long>(
            "pat.verification.limited", "{token}", "Presented tokens that were not judged, since too much was refused from their address.");
        _requestsRefused = meter.CreateCounter<long>(
            "pat.requests.refused", "{request}", "Requests with a token that were refused for something else than the token.");
        _managementAnswered = meter.CreateCounter<long>(
            "pat.management.answered", "{request}", "Requests to manage tokens, by API or page, by what was answered.");
        _connectionsEnded = meter.CreateCounter<long>(
            "pat.connections.ended", "{connection}", "Open connections that were told that their token is no longer usable.");
        _hashDuration = meter.CreateHistogram<double>(
            "pat.verification.hash.duration", "s", "Time to compute one hash of a secret.", tags: null, StepsOfHashes);
        _created = meter.CreateCounter<long>("pat.tokens.created", "{token}", "Tokens created.");
        _rotated = meter.CreateCounter<long>("pat.tokens.rotated", "{token}", "Secrets replaced by a rotation.");
        _revoked = meter.CreateCounter<long>("pat.tokens.revoked", "{token}", "Tokens revoked.");
        _removed = meter.CreateCounter<long>("pat.tokens.removed", "{token}", "Tokens removed by clean-up.");
        _usesFlushed = meter.CreateCounter<long>("pat.usage.flushed", "{token}", "Last uses written.");
        _usesDropped = meter.CreateCounter<long>(
            "pat.usage.dropped", "{token}", "Last uses that were never written, for want of room in memory.");
        _propagation = meter.CreateHistogram<double>(
            "pat.revocation.propagation", "s", "Time from a change, by the database's clock, until this node heard of it.", tags: null, StepsOfPropagation);
        _earlyNotices = meter.CreateCounter<long>(
            "pat.revocation.early_notices", "{notice}", "Notices that seem to have arrived before they were sent: the clocks' difference is known less exactly than that. They count as 0 s.");
    }

    /// <summary>Whether anybody listens to how long authentication takes: a request need not look at the clock otherwise.</summary>
    public bool MeasuresAuthentication => _authenticationDuration.Enabled;

    public void ObserveCacheEntries(Func<int> count) =>
        _meter.CreateObservableGauge("pat.cache.entries", count, "{token}", "Proven tokens in memory.");

    public void ObserveOpenConnections(Func<int> count) =>
        _meter.CreateObservableGauge("pat.connections.open", count, "{connection}", "Open connections whose token is judged again and again.");

    /// <param name="refusal">What speaks against the token, or null where it could not be judged in time.</param>
    public void ConnectionEnded(PersonalAccessTokenRefusal? refusal) => _connectionsEnded.Add(
        1, new KeyValuePair<string, object?>(PatTags.Reason, refusal is { } known ? PatTags.NameOf(known) : PatTags.Unavailable));

    public void ObserveGateQueue(Func<int> count) =>
        _meter.CreateObservableGauge("pat.verification.gate.queue", count, "{hash}", "Hashes that wait for room.");

    /// <param name="result"><see cref="PatTags.Accepted"/>, <see cref="PatTags.Refused"/> or <see cref="PatTags.Unavailable"/>.</param>
    /// <param name="source">What it rests on.</param>
    /// <param name="duration">How long it took.</param>
    public void Authenticated(string result, VerdictSource source, TimeSpan duration) =>
        _authenticationDuration.Record(
            duration.TotalSeconds,
            new KeyValuePair<string, object?>(PatTags.Result, result),
            new KeyValuePair<string, object?>(PatTags.Source, PatTags.NameOf(source)));

    public void Rejected(PersonalAccessTokenRefusal refusal)
    {
        if (_rejected.Enabled)
        {
            _rejected.Add(1, new KeyValuePair<string, object?>(PatTags.Reason, PatTags.NameOf(refusal)));
        }
    }

    public void Limited() => _limited.Add(1);

    /// <param name="reason"><see cref="PatTags.ClosedEndpoint"/>, <see cref="PatTags.MissingScopes"/> or <see cref="PatTags.OtherCredentials"/>.</param>
    public void RequestRefused(string reason) => _requestsRefused.Add(1, new KeyValuePair<string, object?>(PatTags.Reason, reason));

    /// <param name="status">The answer's, one of those that the management API and the page have.</param>
    public void ManagementAnswered(int status) => _managementAnswered.Add(1, new KeyValuePair<string, object?>(PatTags.StatusCode, status));

    public void SecretHashed(PersonalAccessTokenHashAlgorithm algorithm, TimeSpan duration) =>
        _hashDuration.Record(
            duration.TotalSeconds, new KeyValuePair<string, object?>(PatTags.Algorithm, PatTags.NameOf(algorithm)));

    public void ObserveFeed(Func<int> isUp) =>
        _meter.CreateObservableGauge("pat.feed.up", isUp, "{feed}", "1 while this node hears of changes on other nodes, 0 while it does not.");

    public void ObserveStore(Func<int> isUp) =>
        _meter.CreateObservableGauge("pat.store.up", isUp, "{store}", "1 while the store answers, 0 while it is only probed.");

    /// <param name="duration">How long a change took to get here, by the store's clock.</param>
    public void Propagated(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
        {
            _earlyNotices.Add(1);
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
}

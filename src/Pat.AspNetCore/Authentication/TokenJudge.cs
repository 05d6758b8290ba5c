using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>What every handler of a request needs to judge its token: one object, since handlers are made for each request.</summary>
internal sealed class TokenJudge(
    PersonalAccessTokenVerifier verifier, PatMetrics metrics, TimeProvider timeProvider, IOptions<PersonalAccessTokenOptions> options)
{
    private readonly ConcurrentDictionary<(TokenOutcome Outcome, string Scheme), TokenFeature> _features = new();
    private readonly PersonalAccessTokenAddressRecording _recording = options.Value.LastUsedAddress;

    /// <summary>What is told about a token that was not accepted, the same object for all requests.</summary>
    public TokenFeature FeatureOf(TokenOutcome outcome, string scheme) => _features.GetOrAdd(
        (outcome, scheme), static key => new TokenFeature { Outcome = key.Outcome, Scheme = key.Scheme });

    /// <summary>When judging began, if anybody measures it.</summary>
    public long Start() => metrics.MeasuresAuthentication ? timeProvider.GetTimestamp() : 0;

    /// <inheritdoc cref="PersonalAccessTokenVerifier.TryVerify"/>
    public bool TryVerify(ReadOnlySpan<char> value, out TokenVerdict verdict) => verifier.TryVerify(value, out verdict);

    /// <summary>Reads the store and judges by that, and notes how it ended.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">The token can't be judged now.</exception>
    public async Task<TokenVerdict> VerifyAsync(string value, long started, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            var verdict = await verifier.ReadAndVerifyAsync(value, cancellationToken);
            Note(verdict, started, logger);
            return verdict;
        }
        catch (PersonalAccessTokenUnavailableException)
        {
            Measure("unavailable", VerdictSource.Store, started);
            throw;
        }
    }

    /// <summary>Says how a judgement ended, to whoever measures and logs.</summary>
    public void Note(in TokenVerdict verdict, long started, ILogger logger)
    {
        if (verdict.Refusal == PersonalAccessTokenRefusal.None)
        {
            Measure("accepted", verdict.Source, started);
            return;
        }

        Measure("refused", verdict.Source, started);
        metrics.Rejected(verdict.Refusal);
        if (!logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        if (verdict.Id is { } id)
        {
            Log.TokenRefused(logger, PersonalAccessTokenFormat.FormatId(id), verdict.Refusal);
        }
        else
        {
            Log.MalformedTokenRefused(logger);
        }
    }

    /// <summary>Notes that an accepted token authenticated this request.</summary>
    public void NoteUse(in TokenVerdict accepted, HttpContext context) =>
        verifier.NoteUse(
            accepted,
            _recording == PersonalAccessTokenAddressRecording.None ? null : ClientNetwork.Of(context.Connection.RemoteIpAddress, _recording));

    private void Measure(string result, VerdictSource source, long started)
    {
        if (started != 0)
        {
            metrics.Authenticated(result, source, timeProvider.GetElapsedTime(started));
        }
    }
}

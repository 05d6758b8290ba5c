using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>What every handler of a request needs to judge its token: one object, since handlers are made for each request.</summary>
internal sealed class TokenJudge(
    PersonalAccessTokenVerifier verifier,
    FailureLimits limits,
    SecurityLog log,
    PatMetrics metrics,
    TimeProvider timeProvider,
    IOptions<PersonalAccessTokenOptions> options)
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

    /// <summary>
    /// What is told where a token is not judged, since too much else was refused from its address; null where it is to be
    /// judged. What this node has proven is judged in any case.
    /// </summary>
    public TokenFeature? FindLimit(ReadOnlySpan<char> value, string scheme, HttpContext context)
    {
        if (limits.FindWait(context) is not { } wait || verifier.IsProven(value))
        {
            return null;
        }

        metrics.Limited();
        return new TokenFeature { Outcome = TokenOutcome.Limited, Scheme = scheme, RetryAfter = wait };
    }

    /// <summary>Reads the store and judges by that, and notes how it ended.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">The token can't be judged now.</exception>
    public async Task<TokenVerdict> VerifyAsync(string value, long started, HttpContext context)
    {
        try
        {
            var verdict = await verifier.ReadAndVerifyAsync(value, context.RequestAborted);
            Note(verdict, value.Length, started, context);
            return verdict;
        }
        catch (PersonalAccessTokenUnavailableException)
        {
            Measure(PatTags.Unavailable, VerdictSource.Store, started);
            throw;
        }
    }

    /// <summary>Says how a judgement ended, to whoever measures, counts and logs.</summary>
    public void Note(in TokenVerdict verdict, int length, long started, HttpContext context)
    {
        if (verdict.Refusal == PersonalAccessTokenRefusal.None)
        {
            Measure(PatTags.Accepted, verdict.Source, started);
            if (verdict.Source == VerdictSource.Hash)
            {
                log.Proven(verdict.State!, context);
            }

            return;
        }

        Measure(PatTags.Refused, verdict.Source, started);
        metrics.Rejected(verdict.Refusal);
        log.Refused(verdict, length, context);

        // A script whose genuine token has ended must not shut out those behind the same address.
        if (!verdict.HoldsSecret && limits.Count(context) is { } address)
        {
            log.Limited(address, limits.MaxFailures);
        }
    }

    /// <summary>Says that a token was not judged, since it came together with other credentials.</summary>
    public TokenFeature NoteAmbiguous(string scheme, HttpContext context)
    {
        log.Ambiguous(context);
        return FeatureOf(TokenOutcome.Ambiguous, scheme);
    }

    /// <summary>Notes that an accepted token authenticated this request.</summary>
    public void NoteUse(in TokenVerdict accepted, HttpContext context) => NoteUse(accepted, NetworkOf(context));

    /// <summary>The same, with what <see cref="NetworkOf"/> said of the caller.</summary>
    public void NoteUse(in TokenVerdict accepted, string? network) => verifier.NoteUse(accepted, network);

    /// <summary>Where a caller is, as far as that is noted with a use; null where it is not.</summary>
    public string? NetworkOf(HttpContext context) => _recording == PersonalAccessTokenAddressRecording.None
        ? null
        : ClientNetwork.Of(context.Connection.RemoteIpAddress, _recording);

    private void Measure(string result, VerdictSource source, long started)
    {
        if (started != 0)
        {
            metrics.Authenticated(result, source, timeProvider.GetElapsedTime(started));
        }
    }
}

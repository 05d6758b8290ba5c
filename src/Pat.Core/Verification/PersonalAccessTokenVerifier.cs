using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>
/// Decides whether a presented value is a genuine and usable token. What is in memory may accept it, and refuse it for a
/// revocation, which is final; every other refusal rests on a row that was read after the presentation.
/// </summary>
internal sealed class PersonalAccessTokenVerifier(
    VerificationCache cache,
    TokenLookups lookups,
    SharedProofs proofs,
    ChangeCounters counters,
    RefreshRounds rounds,
    UsageRecorder usage,
    Clock clock,
    TimeProvider timeProvider,
    IOptions<PersonalAccessTokenOptions> options,
    ILogger<PersonalAccessTokenVerifier> logger)
{
    private readonly PersonalAccessTokenOptions _options = options.Value;
    private readonly TimeSpan _maxStaleness = options.Value.MaxStaleness;

    /// <summary>Decides from memory, without allocating. False where memory can't decide.</summary>
    public bool TryVerify(ReadOnlySpan<char> value, out TokenVerdict verdict)
    {
        verdict = default;
        if (!PersonalAccessTokenFormat.TryReadId(value, out var id))
        {
            verdict = TokenVerdict.Malformed;
            return true;
        }

        SecretDigest digest = default;
        if (cache.Find(id) is not { State: { } state } token || !token.IsProven(digest = SecretDigest.Of(value)))
        {
            // A value with a wrong checksum needs no store to be refused. A proven one needs no checksum.
            verdict = TokenVerdict.Malformed;
            return !IsToken(value);
        }

        var utcNow = timeProvider.GetUtcNow();
        var at = clock.Usability(utcNow);
        var refusal = state.Judge(digest, at, out var isPrevious);
        if (refusal == PersonalAccessTokenRefusal.None && IsInForce(state, utcNow))
        {
            token.MarkUsed(rounds.Current);
            verdict = TokenVerdict.Accepted(id, token, state, isPrevious, VerdictSource.Cache, at.Now);
            return true;
        }

        if (refusal == PersonalAccessTokenRefusal.Revoked)
        {
            verdict = TokenVerdict.Refused(id, refusal, VerdictSource.Cache);
            return true;
        }

        return false;
    }

    /// <summary>Whether this node has proven this very value, be it in force or not.</summary>
    public bool IsProven(ReadOnlySpan<char> value) =>
        PersonalAccessTokenFormat.TryReadId(value, out var id) && FindProven(id, SecretDigest.Of(value)) is not null;

    /// <summary>Decides from memory, or else by <see cref="ReadAndVerifyAsync"/>.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">The token can't be judged now.</exception>
    public ValueTask<TokenVerdict> VerifyAsync(string value, CancellationToken cancellationToken) =>
        TryVerify(value, out var verdict) ? new(verdict) : new(ReadAndVerifyAsync(value, cancellationToken));

    /// <summary>Decides by a read that is sent from now on.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">The token can't be judged now.</exception>
    public Task<TokenVerdict> ReadAndVerifyAsync(string value, CancellationToken cancellationToken) => PatActivities.RunAsync(
        PatActivities.Verify,
        async activity =>
        {
            var verdict = await ReadAndJudgeAsync(value, cancellationToken).ConfigureAwait(false);
            verdict.Describe(activity);
            return verdict;
        });

    /// <summary>
    /// Decides from memory, if that is young enough, whether a token still is what it was when an open connection began. False
    /// where memory can't decide.
    /// </summary>
    /// <param name="accepted">The state in which it was accepted.</param>
    /// <param name="isPrevious">Whether that was for the secret before the last rotation.</param>
    /// <param name="maxAge">How old what is in memory may be.</param>
    /// <param name="verdict">What was decided.</param>
    public bool TryJudgeAgain(TokenState accepted, bool isPrevious, TimeSpan maxAge, out TokenVerdict verdict)
    {
        verdict = default;
        if (cache.Find(accepted.Id) is not { State: { } state } token)
        {
            return false;
        }

        var utcNow = timeProvider.GetUtcNow();
        verdict = JudgeAgain(accepted, isPrevious, state, token, utcNow, VerdictSource.Cache);
        return verdict.Refusal == PersonalAccessTokenRefusal.Revoked
            || (verdict.Refusal == PersonalAccessTokenRefusal.None && IsInForce(state, utcNow, maxAge));
    }

    /// <summary>Decides the same by a read that is sent from now on.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">The token can't be judged now.</exception>
    public async Task<TokenVerdict> ReadAndJudgeAgainAsync(TokenState accepted, bool isPrevious, CancellationToken cancellationToken)
    {
        if (await lookups.FindAsync(accepted.Id, isProven: true, cancellationToken).ConfigureAwait(false) is not { State: var state })
        {
            return TokenVerdict.Refused(accepted.Id, PersonalAccessTokenRefusal.UnknownId, VerdictSource.Store);
        }

        var token = cache.Find(accepted.Id);
        token?.Offer(state);
        return JudgeAgain(accepted, isPrevious, state, token, timeProvider.GetUtcNow(), VerdictSource.Store);
    }

    /// <summary>Notes that an accepted token authenticated a request.</summary>
    public void NoteUse(in TokenVerdict accepted, string? address)
    {
        if (accepted.Token?.TryNoteUse(accepted.At, accepted.State!, _options.UsageResolution) == true)
        {
            usage.Record(new PersonalAccessTokenUse(accepted.State!.Id, accepted.At, address));
        }
    }

    private async Task<TokenVerdict> ReadAndJudgeAsync(string value, CancellationToken cancellationToken)
    {
        if (!IsToken(value) || !PersonalAccessTokenFormat.TryReadId(value, out var id))
        {
            return TokenVerdict.Malformed;
        }

        var digest = SecretDigest.Of(value);
        var source = VerdictSource.Store;
        var proven = FindProven(id, digest);
        while (true)
        {
            if (await lookups.FindAsync(id, proven is not null, cancellationToken).ConfigureAwait(false) is not { State: var state } reading)
            {
                return TokenVerdict.Refused(id, PersonalAccessTokenRefusal.UnknownId, source);
            }

            var refusal = state.Judge(digest, clock.Usability(), out var isPrevious);
            if (refusal != PersonalAccessTokenRefusal.None)
            {
                return TokenVerdict.Refused(id, refusal, source);
            }

            proven ??= FindProven(id, digest);
            if (proven is not null)
            {
                return Accept(proven, state, isPrevious, source);
            }

            source = VerdictSource.Hash;
            refusal = await ProveAsync(reading, digest, isPrevious, value, cancellationToken).ConfigureAwait(false);
            if (refusal != PersonalAccessTokenRefusal.None)
            {
                return TokenVerdict.Refused(id, refusal, source);
            }

            // The hash took its time, in which all may have changed.
            proven = cache.Prove(id, digest);
            var utcNow = timeProvider.GetUtcNow();
            if (state.Judge(digest, clock.Usability(utcNow), out isPrevious) == PersonalAccessTokenRefusal.None && IsInForce(state, utcNow))
            {
                return Accept(proven, state, isPrevious, source);
            }
        }
    }

    /// <summary>What is known of a token, if this node has proven this very value.</summary>
    private CachedToken? FindProven(Guid id, in SecretDigest digest) =>
        cache.Find(id) is { } known && known.IsProven(digest) ? known : null;

    private TokenVerdict Accept(CachedToken token, TokenState state, bool isPrevious, VerdictSource source)
    {
        token.Offer(state);
        token.MarkUsed(rounds.Current);
        return TokenVerdict.Accepted(state.Id, token, state, isPrevious, source, clock.UtcNow);
    }

    private TokenVerdict JudgeAgain(
        TokenState accepted, bool isPrevious, TokenState state, CachedToken? token, DateTimeOffset utcNow, VerdictSource source)
    {
        var at = clock.Usability(utcNow);
        var refusal = state.JudgeAgain(accepted, isPrevious, at, out isPrevious);
        if (refusal != PersonalAccessTokenRefusal.None)
        {
            return TokenVerdict.Refused(accepted.Id, refusal, source);
        }

        token?.MarkUsed(rounds.Current);
        return TokenVerdict.Accepted(accepted.Id, token, state, isPrevious, source, at.Now);
    }

    /// <summary>Whether a state may still be used: nothing changed here since it was read, and that was not too long ago.</summary>
    private bool IsInForce(TokenState state, DateTimeOffset utcNow) => IsInForce(state, utcNow, _maxStaleness);

    private bool IsInForce(TokenState state, DateTimeOffset utcNow, TimeSpan maxAge) =>
        state.IsCurrent(counters) && state.Read.Age(timeProvider, timeProvider.GetTimestamp(), utcNow.UtcTicks) < maxAge;

    private bool IsToken(ReadOnlySpan<char> value) =>
        PersonalAccessTokenFormat.TryParse(value, out var parts) && IsAccepted(parts.Prefix);

    private bool IsAccepted(ReadOnlySpan<char> prefix)
    {
        if (prefix.SequenceEqual(_options.TokenPrefix))
        {
            return true;
        }

        foreach (var accepted in _options.AcceptedPrefixes)
        {
            if (prefix.SequenceEqual(accepted))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<PersonalAccessTokenRefusal> ProveAsync(
        TokenReading reading, SecretDigest digest, bool isPrevious, string value, CancellationToken cancellationToken)
    {
        var stored = isPrevious ? reading.PreviousSecretHash ?? "" : reading.SecretHash;
        switch (await proofs.ProveAsync(reading.State.Id, digest, value, stored, !isPrevious, cancellationToken).ConfigureAwait(false))
        {
            case SecretVerdict.Match:
                return PersonalAccessTokenRefusal.None;

            case SecretVerdict.UnknownKey:
                Log.UnknownPepperKey(logger, PersonalAccessTokenFormat.FormatId(reading.State.Id));
                throw new PersonalAccessTokenUnavailableException("The key that the token's hash was made with is missing on this node.");

            case SecretVerdict.Unreadable:
                Log.UnreadableHash(logger, PersonalAccessTokenFormat.FormatId(reading.State.Id));
                return PersonalAccessTokenRefusal.UnreadableHash;

            default:
                return PersonalAccessTokenRefusal.WrongSecret;
        }
    }
}

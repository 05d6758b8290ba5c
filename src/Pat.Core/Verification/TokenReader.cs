using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>Reads tokens with their owners, many at once, and brings what is cached of them up to date.</summary>
internal sealed class TokenReader(
    IPersonalAccessTokenStore store,
    StoreGuard guard,
    VerificationCache cache,
    ChangeCounters counters,
    ScopeGrants grants,
    UsageRecorder usage,
    TimeProvider timeProvider,
    IOptions<PersonalAccessTokenOptions> options,
    ILogger<PersonalAccessTokenVerifier> logger,
    IPersonalAccessTokenOwnerSource? owners = null)
{
    /// <summary>The most tokens that one read asks for.</summary>
    public const int MaxTokens = 1_000;

    private readonly TimeSpan _limit = options.Value.StoreTimeout;
    private readonly bool _comparesStamps = options.Value.RevokeOnSecurityStampChange;

    /// <summary>Reads these tokens; those that don't exist are left out, and one whose owner can't be read is null.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">The store or the owners don't answer.</exception>
    public async Task<IReadOnlyDictionary<Guid, TokenReading?>> ReadAsync(IReadOnlyCollection<Guid> ids)
    {
        // Before anything is sent: the state is as old as the first of the reads that it rests on.
        var moment = ReadMoment.Now(counters, timeProvider);
        using var limit = new CancellationTokenSource(_limit, timeProvider);
        var tokens = await ReadTokensAsync(ids).ConfigureAwait(false);
        var ownersOfTokens = await ReadOwnersAsync(tokens, limit.Token).ConfigureAwait(false);

        var readings = new Dictionary<Guid, TokenReading?>(tokens.Count);
        foreach (var token in tokens)
        {
            // A token that was used a moment ago is not inactive because that stands in no row yet.
            usage.Complete(token);
            if (ownersOfTokens?.IsUnread(token.OwnerId) == true)
            {
                readings.Add(token.Id, null);
            }
            else if (TryCombine(token, ownersOfTokens?.Find(token.OwnerId), moment) is { } reading)
            {
                readings.Add(reading.State.Id, reading);
                cache.Find(reading.State.Id)?.Offer(reading.State);
            }
        }

        foreach (var id in ids)
        {
            Forget(id, readings, moment);
        }

        return readings;
    }

    /// <summary>Null where the row is damaged: that refuses its token, and holds up no other one.</summary>
    private TokenReading? TryCombine(PersonalAccessToken token, PersonalAccessTokenOwner? owner, ReadMoment moment)
    {
        try
        {
            var (hash, previousHash, refusal) = (token.SecretHash, token.PreviousSecretHash, JudgeOwner(token, owner));

            // The stamp is compared, and not kept: it is a secret of the application.
            var state = new TokenState(token, owner?.WithoutStamp(), refusal, grants.Find(token.Scopes), moment);
            return new TokenReading(state, hash, previousHash);
        }
        catch (Exception exception)
        {
            Log.UnreadableRow(logger, PersonalAccessTokenFormat.FormatId(token.Id), exception);
            return null;
        }
    }

    private PersonalAccessTokenRefusal JudgeOwner(PersonalAccessToken token, PersonalAccessTokenOwner? owner)
    {
        if (owners is null)
        {
            return PersonalAccessTokenRefusal.None;
        }

        if (owner is not { IsActive: true })
        {
            return PersonalAccessTokenRefusal.OwnerDisabled;
        }

        return _comparesStamps && !OwnerStamp.Matches(token.OwnerStamp, owner.SecurityStamp)
            ? PersonalAccessTokenRefusal.OwnerStampChanged
            : PersonalAccessTokenRefusal.None;
    }

    /// <summary>A token that is gone is forgotten, unless it was made here since the read was sent.</summary>
    private void Forget(Guid id, Dictionary<Guid, TokenReading?> readings, ReadMoment moment)
    {
        if (!readings.ContainsKey(id) && counters.IsCurrent(moment.Number, ChangeCounters.StripeOf(id)))
        {
            cache.Remove(id);
        }
    }

    private async Task<IReadOnlyList<PersonalAccessToken>> ReadTokensAsync(IReadOnlyCollection<Guid> ids)
    {
        try
        {
            return await guard.RunAsync(limit => store.FindAsync(ids, limit), CancellationToken.None).ConfigureAwait(false);
        }
        catch (PersonalAccessTokenUnavailableException exception)
        {
            // While the store is known not to answer, that is in the log, once.
            if (exception.InnerException is not null)
            {
                Log.StoreUnavailable(logger, exception.InnerException);
            }

            throw;
        }
        catch (Exception exception)
        {
            Log.StoreUnavailable(logger, exception);
            throw new PersonalAccessTokenUnavailableException("The token store does not answer.", exception);
        }
    }

    private async Task<OwnerReading?> ReadOwnersAsync(
        IReadOnlyList<PersonalAccessToken> tokens, CancellationToken limit)
    {
        if (owners is null || tokens.Count == 0)
        {
            return null;
        }

        string[] ids = [.. tokens.Select(static token => token.OwnerId).Distinct(StringComparer.Ordinal)];
        var reading = new OwnerReading(owners, limit);
        await reading.ReadAsync(ids).ConfigureAwait(false);
        if (reading.Unread > 0)
        {
            Log.OwnersUnavailable(logger, reading.Unread, reading.Fault!);
        }

        return reading.Unread < ids.Length
            ? reading
            : throw new PersonalAccessTokenUnavailableException("The owners of tokens can't be read.", reading.Fault);
    }
}

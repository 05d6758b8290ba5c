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

    /// <summary>Reads these tokens; those that don't exist are left out, and one whose row or owner can't be read is null.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">The store or the owners don't answer.</exception>
    public async Task<IReadOnlyDictionary<Guid, TokenReading?>> ReadAsync(Guid[] ids)
    {
        // Before anything is sent: the state is as old as the first of the reads that it rests on.
        var moment = ReadMoment.Now(counters, timeProvider);
        using var limit = new CancellationTokenSource(_limit, timeProvider);
        var (tokens, unread) = await ReadTokensAsync(ids, limit.Token).ConfigureAwait(false);
        var (ownersOfTokens, unreadOwners) = await ReadOwnersAsync(tokens, limit.Token).ConfigureAwait(false);

        var readings = new Dictionary<Guid, TokenReading?>(ids.Length);
        foreach (var token in tokens)
        {
            // A token that was used a moment ago is not inactive because that stands in no row yet.
            usage.Complete(token);
            var reading = unreadOwners.ContainsKey(token.OwnerId)
                ? null
                : TryCombine(token, ownersOfTokens.GetValueOrDefault(token.OwnerId), moment, unread);
            readings.Add(token.Id, reading);
            if (reading is not null)
            {
                cache.Find(token.Id)?.Offer(reading.State);
            }
        }

        if (unread.Count > 0)
        {
            var (id, fault) = unread.First();
            Log.UnreadableRows(logger, unread.Count, PersonalAccessTokenFormat.FormatId(id), fault);
        }

        foreach (var id in unread.Keys)
        {
            readings[id] = null;
        }

        foreach (var id in ids)
        {
            Forget(id, readings, moment);
        }

        return readings;
    }

    /// <summary>Null where the row is damaged, which then is <paramref name="unread"/>.</summary>
    private TokenReading? TryCombine(
        PersonalAccessToken token, PersonalAccessTokenOwner? owner, ReadMoment moment, Dictionary<Guid, Exception> unread)
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
            unread.Add(token.Id, exception);
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

    private async Task<(List<PersonalAccessToken> Tokens, Dictionary<Guid, Exception> Unread)> ReadTokensAsync(
        Guid[] ids, CancellationToken limit)
    {
        var tokens = new List<PersonalAccessToken>(ids.Length);
        var unread = await HalvedRead.RunAsync(
            ids,
            async part => tokens.AddRange(
                await guard.RunAsync(cancellation => store.FindAsync(part, cancellation), CancellationToken.None).ConfigureAwait(false)),
            fault => StoreOutage.IsBehind(fault) || limit.IsCancellationRequested).ConfigureAwait(false);
        if (unread.Count < ids.Length)
        {
            return (tokens, unread);
        }

        var fault = unread.Values.First();

        if (fault is not PersonalAccessTokenUnavailableException)
        {
            Log.StoreUnavailable(logger, fault);
            throw new PersonalAccessTokenUnavailableException("The token store does not answer, or lacks its tables.", fault);
        }

        // While the store is known not to answer, that is in the log, once.
        if (fault.InnerException is { } cause)
        {
            Log.StoreUnavailable(logger, cause);
        }

        throw fault;
    }

    private async Task<(Dictionary<string, PersonalAccessTokenOwner> Found, Dictionary<string, Exception> Unread)> ReadOwnersAsync(
        List<PersonalAccessToken> tokens, CancellationToken limit)
    {
        var found = new Dictionary<string, PersonalAccessTokenOwner>(StringComparer.Ordinal);
        if (owners is null || tokens.Count == 0)
        {
            return (found, []);
        }

        string[] ids = [.. tokens.Select(static token => token.OwnerId).Distinct(StringComparer.Ordinal)];
        var unread = await HalvedRead.RunAsync(
            ids,
            async part =>
            {
                limit.ThrowIfCancellationRequested();
                var answer = await owners.FindAsync(part, limit).InTimeAsync(limit).ConfigureAwait(false);
                foreach (var id in part)
                {
                    // As the source compares them.
                    if (answer.TryGetValue(id, out var owner))
                    {
                        found[id] = owner;
                    }
                }
            },
            _ => limit.IsCancellationRequested).ConfigureAwait(false);
        if (unread.Count > 0)
        {
            Log.OwnersUnavailable(logger, unread.Count, unread.Values.First());
        }

        return unread.Count < ids.Length
            ? (found, unread)
            : throw new PersonalAccessTokenUnavailableException("The owners of tokens can't be read.", unread.Values.First());
    }
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Pat.EntityFrameworkCore;

/// <summary>Keeps tokens in any relational database that Entity Framework Core knows.</summary>
/// <remarks>
/// Changes are single conditional statements, so that no two of them can undo each other; making a secret, which obeys
/// limits, is a transaction under the lock of the owner's row (<see cref="OwnerQuotas"/>).
/// </remarks>
internal class EntityFrameworkStore(ContextSource contexts) : IPersonalAccessTokenStore
{
    /// <summary>The most ids that one call looks up or writes.</summary>
    private const int MaxIds = 1_000;

    private readonly OwnerQuotas _quotas = new(contexts);
    private readonly UseWriter _uses = new(contexts);

    protected ContextSource Contexts { get; } = contexts;

    protected virtual CleanupWalk Cleanup { get; } = new(contexts);

    public async Task<IReadOnlyList<PersonalAccessToken>> FindAsync(
        IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ThrowIfTooMany(ids.Count);
        List<Guid> wanted = [.. ids];
        return await Contexts.ReadAsync(
            context => Tokens(context).AsNoTracking()
                .Where(token => wanted.Contains(token.Id))
                .ToListAsync(cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }

    public Task<PersonalAccessTokenPage> ListAsync(
        PersonalAccessTokenQuery query, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        Contexts.ReadAsync(context => TokenListing.ReadAsync(context, query, at, cancellationToken), cancellationToken);

    public Task<PersonalAccessTokenWriteOutcome> CheckLimitsAsync(
        string ownerId, bool isNewToken, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        Contexts.ReadAsync(
            async context =>
                isNewToken && await HasTooManyTokensAsync(context, ownerId, limits, at, cancellationToken).ConfigureAwait(false)
                    ? PersonalAccessTokenWriteOutcome.TooManyTokens
                : await OwnerQuotas.IsUsedUpAsync(context, ownerId, limits, at.Now, cancellationToken).ConfigureAwait(false)
                    ? PersonalAccessTokenWriteOutcome.TooManySecrets
                    : PersonalAccessTokenWriteOutcome.Done,
            cancellationToken);

    public async Task<PersonalAccessTokenWriteOutcome> AddAsync(
        PersonalAccessToken token, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken)
    {
        try
        {
            return await _quotas
                .WriteSecretAsync(token, limits, at.Now, context => InsertAsync(context, token, limits, at), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (DbUpdateException)
        {
            // The key decides about ids; what went wrong is asked outside the transaction, which it ended.
            if (await Contexts.ReadAsync(context => ExistsAsync(context, token.Id), CancellationToken.None).ConfigureAwait(false))
            {
                return PersonalAccessTokenWriteOutcome.Duplicate;
            }

            throw;
        }
    }

    public async Task<PersonalAccessTokenWriteOutcome> EditAsync(
        PersonalAccessToken edited, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        Outcome(await ChangeAsync(
            PersonalAccessTokenChange.OfToken(edited.Id),
            context => Editable(context, edited, at),
            new ColumnValues()
                .Set(static token => token.Name, edited.Name)
                .Set(static token => token.Scopes, edited.Scopes)
                .Set(static token => token.ExpiresAt, edited.ExpiresAt)
                .Set(static token => token.UpdatedAt, edited.UpdatedAt),
            cancellationToken).ConfigureAwait(false));

    public virtual Task<PersonalAccessTokenWriteOutcome> RotateAsync(
        PersonalAccessToken rotated, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        RotateAsync(rotated, limits, at, static _ => Task.CompletedTask, cancellationToken);

    public async Task<PersonalAccessTokenWriteOutcome> RevokeAsync(
        Guid id, DateTimeOffset revokedAt, string? reason, CancellationToken cancellationToken) =>
        Outcome(await ChangeAsync(
            PersonalAccessTokenChange.OfToken(id),
            context => Tokens(context).Where(token => token.Id == id && token.RevokedAt == null),
            Revoked(revokedAt, reason),
            cancellationToken).ConfigureAwait(false));

    public Task<int> RevokeAllAsync(
        string ownerId, Guid? except, DateTimeOffset revokedAt, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(
            PersonalAccessTokenChange.OfOwner(ownerId),
            context => Tokens(context).Where(token => token.OwnerId == ownerId && token.RevokedAt == null && (except == null || token.Id != except)),
            Revoked(revokedAt, reason),
            cancellationToken);

    public Task<bool> ReplaceHashAsync(Guid id, string current, string replacement, CancellationToken cancellationToken) =>
        Contexts.WriteAsync(
            async context => await Tokens(context)
                .Where(token => token.Id == id && token.SecretHash == current)
                .ExecuteUpdateAsync(set => set.SetProperty(token => token.SecretHash, replacement), CancellationToken.None)
                .ConfigureAwait(false) > 0,
            cancellationToken);

    public virtual Task<IReadOnlyDictionary<Guid, PersonalAccessTokenUseOutcome>> RecordUseAsync(
        IReadOnlyCollection<PersonalAccessTokenUse> uses, TimeSpan resolution, CancellationToken cancellationToken)
    {
        ThrowIfTooMany(uses.Count);
        return _uses.WriteAsync(uses, resolution, cancellationToken);
    }

    public Task<PersonalAccessTokenRemoval> RemoveAsync(
        PersonalAccessTokenRetention retention, int batchSize, string? position, CancellationToken cancellationToken) =>
        Cleanup.RemoveAsync(retention, batchSize, position, cancellationToken);

    [SuppressMessage("ApiDesign", "RS0030", Justification = "The database evaluates it: it is its clock that is asked for.")]
    public async Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken)
    {
        // The table must be there, but none of its rows are looked at: the first ids are those that clean-up leaves dead behind.
        var now = await Contexts.ReadAsync(
            context => Tokens(context).OrderBy(token => token.Id).Take(0).Select(_ => 1).DefaultIfEmpty().Select(_ => DateTime.UtcNow).FirstAsync(cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return new DateTimeOffset(DateTime.SpecifyKind(now, DateTimeKind.Utc));
    }

    protected static void ThrowIfTooMany(int ids) => ArgumentOutOfRangeException.ThrowIfGreaterThan(ids, MaxIds);

    protected static DbSet<PersonalAccessToken> Tokens(DbContext context) => context.Set<PersonalAccessToken>();

    /// <summary>Rotates, and runs <paramref name="afterwards"/> in the same transaction.</summary>
    protected Task<PersonalAccessTokenWriteOutcome> RotateAsync(
        PersonalAccessToken rotated,
        PersonalAccessTokenLimits limits,
        PersonalAccessTokenUsability at,
        Func<DbContext, Task> afterwards,
        CancellationToken cancellationToken) =>
        _quotas.WriteSecretAsync(
            rotated,
            limits,
            at.Now,
            async context =>
            {
                var outcome = await ReplaceSecretAsync(context, rotated, at).ConfigureAwait(false);
                if (outcome == PersonalAccessTokenWriteOutcome.Done)
                {
                    await afterwards(context).ConfigureAwait(false);
                }

                return outcome;
            },
            cancellationToken);

    /// <summary>Changes rows and adds one to their versions.</summary>
    /// <param name="change">What that is to other nodes, where a database tells them by itself.</param>
    /// <param name="rows">The rows to change.</param>
    /// <param name="columns">What to set.</param>
    /// <param name="cancellationToken">Gives up before the write is sent.</param>
    /// <returns>How many rows were changed.</returns>
    protected virtual Task<int> ChangeAsync(
        PersonalAccessTokenChange change,
        Func<DbContext, IQueryable<PersonalAccessToken>> rows,
        ColumnValues columns,
        CancellationToken cancellationToken) =>
        Contexts.WriteAsync(
            context => rows(context).ExecuteUpdateAsync(
                set =>
                {
                    columns.Apply(set);
                    set.SetProperty(token => token.Version, token => token.Version + 1);
                },
                CancellationToken.None),
            cancellationToken);

    private static PersonalAccessTokenWriteOutcome Outcome(int rows) =>
        rows == 0 ? PersonalAccessTokenWriteOutcome.NotApplicable : PersonalAccessTokenWriteOutcome.Done;

    private static Task<bool> ExistsAsync(DbContext context, Guid id) =>
        Tokens(context).AnyAsync(token => token.Id == id, CancellationToken.None);

    private static async Task<bool> HasTooManyTokensAsync(
        DbContext context,
        string ownerId,
        PersonalAccessTokenLimits limits,
        PersonalAccessTokenUsability at,
        CancellationToken cancellationToken) =>
        await Tokens(context)
            .Where(token => token.OwnerId == ownerId)
            .CountAsync(at.Is(PersonalAccessTokenStatus.Active), cancellationToken).ConfigureAwait(false) >= limits.UsableTokens;

    private static IQueryable<PersonalAccessToken> Editable(
        DbContext context, PersonalAccessToken edited, PersonalAccessTokenUsability at) =>
        Tokens(context)
            .Where(token => token.Id == edited.Id && token.Version == edited.Version - 1)
            .Where(at.Is(PersonalAccessTokenStatus.Active));

    private static async Task<PersonalAccessTokenWriteOutcome> InsertAsync(
        DbContext context, PersonalAccessToken token, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at)
    {
        if (await HasTooManyTokensAsync(context, token.OwnerId, limits, at, CancellationToken.None).ConfigureAwait(false))
        {
            return PersonalAccessTokenWriteOutcome.TooManyTokens;
        }

        context.Add(token);
        await context.SaveChangesAsync(CancellationToken.None).ConfigureAwait(false);
        return PersonalAccessTokenWriteOutcome.Done;
    }

    private static async Task<PersonalAccessTokenWriteOutcome> ReplaceSecretAsync(
        DbContext context, PersonalAccessToken rotated, PersonalAccessTokenUsability at)
    {
        var count = await Editable(context, rotated, at).ExecuteUpdateAsync(
            set =>
            {
                if (rotated.PreviousSecretExpiresAt is null)
                {
                    set.SetProperty(token => token.PreviousSecretHash, (string?)null)
                        .SetProperty(token => token.PreviousSecretTag, (byte[]?)null);
                }
                else
                {
                    // From the row itself: a rehash may have replaced the hash that the caller read. Before the new secret is
                    // set: MySQL assigns one after the other.
                    set.SetProperty(token => token.PreviousSecretHash, token => token.SecretHash)
                        .SetProperty(token => token.PreviousSecretTag, token => token.SecretTag);
                }

                set.SetProperty(token => token.SecretHash, rotated.SecretHash)
                    .SetProperty(token => token.SecretTag, rotated.SecretTag)
                    .SetProperty(token => token.SecretCreatedAt, rotated.SecretCreatedAt)
                    .SetProperty(token => token.PreviousSecretExpiresAt, rotated.PreviousSecretExpiresAt)
                    .SetProperty(token => token.OwnerStamp, rotated.OwnerStamp)
                    .SetProperty(token => token.ExpiresAt, rotated.ExpiresAt)
                    .SetProperty(token => token.UpdatedAt, rotated.UpdatedAt)
                    .SetProperty(token => token.Version, rotated.Version);
            },
            CancellationToken.None).ConfigureAwait(false);
        return Outcome(count);
    }

    private static ColumnValues Revoked(DateTimeOffset revokedAt, string? reason) =>
        new ColumnValues()
            .Set(static token => token.RevokedAt, revokedAt)
            .Set(static token => token.RevokedReason, reason)
            .Set(static token => token.UpdatedAt, revokedAt)
            .Set(static token => token.LastUsedAddress, null);
}

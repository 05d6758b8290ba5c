using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Pat.EntityFrameworkCore;

/// <summary>Makes secrets one at a time for each owner, and counts them.</summary>
internal sealed class OwnerQuotas(ContextSource contexts)
{
    /// <summary>
    /// Runs <paramref name="write"/> in a transaction that holds the lock of the owner's row, and counts a secret if it
    /// is done. Whatever else comes of it leaves nothing behind.
    /// </summary>
    /// <param name="token">The token as it is to be stored.</param>
    /// <param name="limits">What its owner may make.</param>
    /// <param name="now">The moment to count at.</param>
    /// <param name="write">Stores the token's secret.</param>
    /// <param name="cancellationToken">Gives up before the write is sent.</param>
    public async Task<PersonalAccessTokenWriteOutcome> WriteSecretAsync(
        PersonalAccessToken token,
        PersonalAccessTokenLimits limits,
        DateTimeOffset now,
        Func<DbContext, Task<PersonalAccessTokenWriteOutcome>> write,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var outcome = await contexts.TransactAsync(
                context => WriteLockedAsync(context, token.OwnerId, limits, now, write),
                static outcome => outcome == PersonalAccessTokenWriteOutcome.Done,
                context => FindWrittenAsync(context, token),
                cancellationToken).ConfigureAwait(false);
            if (outcome is { } known)
            {
                return known;
            }

            // Outside the transaction: on PostgreSQL a violated key would end it.
            await contexts.WriteAsync(context => AddRowAsync(context, token.OwnerId, now), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The rows that clean-up may remove: nothing is counted, and the owner has no token.</summary>
    public static IQueryable<PersonalAccessTokenOwnerQuota> Spent(DbContext context, DateTimeOffset now) =>
        context.Set<PersonalAccessTokenOwnerQuota>().Where(quota =>
            quota.CountedUntil <= now
            && !context.Set<PersonalAccessToken>().Any(token => token.OwnerId == quota.OwnerId));

    /// <summary>Whether the owner has made as many secrets as one may for now.</summary>
    public static Task<bool> IsUsedUpAsync(
        DbContext context, string ownerId, PersonalAccessTokenLimits limits, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Set<PersonalAccessTokenOwnerQuota>().AnyAsync(
            quota => quota.OwnerId == ownerId && quota.CountedUntil > now && quota.SecretsMade >= limits.SecretsPerWindow,
            cancellationToken);

    /// <summary>Null where the owner has no row.</summary>
    private static async Task<PersonalAccessTokenWriteOutcome?> WriteLockedAsync(
        DbContext context,
        string ownerId,
        PersonalAccessTokenLimits limits,
        DateTimeOffset now,
        Func<DbContext, Task<PersonalAccessTokenWriteOutcome>> write)
    {
        var row = context.Set<PersonalAccessTokenOwnerQuota>().Where(quota => quota.OwnerId == ownerId);

        // An update that changes nothing is the one row lock that every database has. At READ COMMITTED the statements
        // after it see what the previous holder committed.
        var locked = await row
            .ExecuteUpdateAsync(set => set.SetProperty(quota => quota.SecretsMade, quota => quota.SecretsMade), CancellationToken.None)
            .ConfigureAwait(false);
        if (locked == 0)
        {
            return null;
        }

        var outcome = await write(context).ConfigureAwait(false);
        if (outcome != PersonalAccessTokenWriteOutcome.Done)
        {
            return outcome;
        }

        var quota = await row.AsNoTracking().SingleAsync(CancellationToken.None).ConfigureAwait(false);
        if (quota.CountedUntil <= now || quota.SecretsMade == 0)
        {
            (quota.SecretsMade, quota.CountedUntil) = (0, now + limits.Window);
        }

        if (quota.SecretsMade >= limits.SecretsPerWindow)
        {
            return PersonalAccessTokenWriteOutcome.TooManySecrets;
        }

        await row
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(counted => counted.SecretsMade, quota.SecretsMade + 1)
                    .SetProperty(counted => counted.CountedUntil, quota.CountedUntil),
                CancellationToken.None)
            .ConfigureAwait(false);
        return PersonalAccessTokenWriteOutcome.Done;
    }

    private static async Task<bool> AddRowAsync(DbContext context, string ownerId, DateTimeOffset now)
    {
        var row = new PersonalAccessTokenOwnerQuota { OwnerId = ownerId, CountedUntil = now };
        context.Add(row);
        try
        {
            await context.SaveChangesAsync(CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (DbUpdateException)
        {
            var isThere = await context.Set<PersonalAccessTokenOwnerQuota>()
                .AnyAsync(quota => quota.OwnerId == ownerId, CancellationToken.None).ConfigureAwait(false);
            if (!isThere)
            {
                throw;
            }

            return false;
        }
    }

    private static async Task<ExecutionResult<PersonalAccessTokenWriteOutcome?>> FindWrittenAsync(
        DbContext context, PersonalAccessToken token)
    {
        var isWritten = await context.Set<PersonalAccessToken>()
            .AnyAsync(stored => stored.Id == token.Id && stored.SecretHash == token.SecretHash, CancellationToken.None)
            .ConfigureAwait(false);
        return new(isWritten, PersonalAccessTokenWriteOutcome.Done);
    }
}

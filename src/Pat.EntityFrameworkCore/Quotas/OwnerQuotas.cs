using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Pat.EntityFrameworkCore;

/// <summary>Makes secrets one at a time for each owner, and counts them.</summary>
internal sealed class OwnerQuotas(ContextSource contexts)
{
    /// <summary>
    /// Counts a secret, and runs <paramref name="write"/> in the transaction that holds the lock of the owner's row for
    /// it. Where that is refused, it leaves nothing behind and is not counted; where the token is not what it was any more,
    /// it is counted, for a slow hash was made, and changing a token again and again must not be a way to more of them.
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
                context => WriteCountedAsync(context, token.OwnerId, limits, now, write),
                static outcome => outcome is PersonalAccessTokenWriteOutcome.Done or PersonalAccessTokenWriteOutcome.NotApplicable,
                context => FindWrittenAsync(context, token),
                cancellationToken).ConfigureAwait(false);
            if (outcome is { } known)
            {
                return known;
            }

            // Outside the transaction: on PostgreSQL a violated key would end it.
            await contexts.WriteAsync(context => AddRowAsync(context, token.OwnerId), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether clean-up may remove a row: nothing is counted, and the owner has no token.</summary>
    public static Expression<Func<PersonalAccessTokenOwnerQuota, bool>> IsSpent(DbContext context, DateTimeOffset now) =>
        quota => quota.CountedUntil <= now && !context.Set<PersonalAccessToken>().Any(token => token.OwnerId == quota.OwnerId);

    /// <summary>Whether the owner has made as many secrets as one may for now.</summary>
    public static Task<bool> IsUsedUpAsync(
        DbContext context, string ownerId, PersonalAccessTokenLimits limits, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Set<PersonalAccessTokenOwnerQuota>().AnyAsync(
            quota => quota.OwnerId == ownerId && (quota.CountedUntil <= now ? 0 : quota.SecretsMade) >= limits.SecretsPerWindow,
            cancellationToken);

    /// <summary>Null where the owner had no row.</summary>
    private static async Task<PersonalAccessTokenWriteOutcome?> WriteCountedAsync(
        DbContext context,
        string ownerId,
        PersonalAccessTokenLimits limits,
        DateTimeOffset now,
        Func<DbContext, Task<PersonalAccessTokenWriteOutcome>> write)
    {
        var row = context.Set<PersonalAccessTokenOwnerQuota>().Where(quota => quota.OwnerId == ownerId);
        var until = now + limits.Window;

        // At READ COMMITTED this judges what the lock's previous holder committed, and the statements after it see that.
        // The count stands before the end: MySQL assigns one after the other, and the count asks for the old end.
        var counted = await row
            .Where(quota => (quota.CountedUntil <= now ? 0 : quota.SecretsMade) < limits.SecretsPerWindow)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(quota => quota.SecretsMade, quota => (quota.CountedUntil <= now ? 0 : quota.SecretsMade) + 1)
                    .SetProperty(quota => quota.CountedUntil, quota => quota.CountedUntil <= now ? until : quota.CountedUntil),
                CancellationToken.None)
            .ConfigureAwait(false);
        if (counted > 0)
        {
            return await write(context).ConfigureAwait(false);
        }

        return await IsUsedUpAsync(context, ownerId, limits, now, CancellationToken.None).ConfigureAwait(false)
            ? PersonalAccessTokenWriteOutcome.TooManySecrets
            : null;
    }

    private static async Task<bool> AddRowAsync(DbContext context, string ownerId)
    {
        // A window that is over by the clock of every node.
        var row = new PersonalAccessTokenOwnerQuota { OwnerId = ownerId, CountedUntil = DateTimeOffset.UnixEpoch };
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

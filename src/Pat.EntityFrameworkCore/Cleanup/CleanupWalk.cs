using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Pat.EntityFrameworkCore;

/// <summary>
/// Removes what may go, a batch at a time. Each batch goes on from where the one before ended, over a window that bounds
/// how many rows it looks at as well as how many it deletes: no row is judged twice in a walk, and no statement is long
/// however many rows stay.
/// </summary>
internal class CleanupWalk(ContextSource contexts)
{
    /// <summary>How many rows a batch looks at for each one that it may delete.</summary>
    private const int Window = 10;

    private static readonly CleanupTable<PersonalAccessToken, Guid> Tokens = new(
        nameof(PersonalAccessToken.Id),
        token => token.Id,
        id => token => token.Id > id,
        id => token => token.Id <= id);

    private static readonly CleanupTable<PersonalAccessTokenOwnerQuota, string> Quotas = new(
        nameof(PersonalAccessTokenOwnerQuota.OwnerId),
        quota => quota.OwnerId,
        id => quota => quota.OwnerId.CompareTo(id) > 0,
        id => quota => quota.OwnerId.CompareTo(id) <= 0);

    /// <summary>Removes tokens; and once there are no more of them, what was counted of owners without any.</summary>
    public Task<PersonalAccessTokenRemoval> RemoveAsync(
        PersonalAccessTokenRetention retention, int batchSize, string? position, CancellationToken cancellationToken)
    {
        var at = CleanupPosition.Parse(position);
        return contexts.WriteAsync(context => RemoveAsync(context, retention, batchSize, at), cancellationToken);
    }

    /// <summary>Deletes the first <paramref name="limit"/> of <paramref name="rows"/>.</summary>
    /// <returns>How many it deleted, and the keys of those that it picked: another node may have been first.</returns>
    protected virtual async Task<(int Removed, IReadOnlyList<TKey> Picked)> DeleteAsync<TEntity, TKey>(
        DbContext context, CleanupTable<TEntity, TKey> table, IQueryable<TEntity> rows, int limit)
        where TEntity : class
    {
        var picked = await rows.OrderBy(table.Key).Select(table.Key).Take(limit)
            .ToListAsync(CancellationToken.None).ConfigureAwait(false);
        return picked is [.., var last]
            ? (await rows.Where(table.UpTo(last)).ExecuteDeleteAsync(CancellationToken.None).ConfigureAwait(false), picked)
            : (0, []);
    }

    private async Task<PersonalAccessTokenRemoval> RemoveAsync(
        DbContext context, PersonalAccessTokenRetention retention, int batchSize, CleanupPosition at)
    {
        var removed = 0;
        if (at.Owner is null)
        {
            var removable = retention.At.IsRemovable(retention.Retention, retention.InactiveRetention);
            var tokens = await StepAsync(context, Tokens, removable, at.Token, batchSize).ConfigureAwait(false);
            removed = tokens.Removed;
            if (tokens.Reached is [var token])
            {
                return new(removed, new CleanupPosition(token, null).ToString());
            }
        }

        var quotas = await StepAsync(context, Quotas, OwnerQuotas.IsSpent(context, retention.At.Now), at.Owner ?? "", batchSize)
            .ConfigureAwait(false);
        return new(removed, quotas.Reached is [var owner] ? new CleanupPosition(default, owner).ToString() : null);
    }

    private async Task<CleanupStep<TKey>> StepAsync<TEntity, TKey>(
        DbContext context,
        CleanupTable<TEntity, TKey> table,
        Expression<Func<TEntity, bool>> isRemovable,
        TKey after,
        int batchSize)
        where TEntity : class
    {
        var rest = context.Set<TEntity>().Where(table.After(after));
        var end = await rest.OrderBy(table.Key).Select(table.Key).Skip((batchSize * Window) - 1).Take(1)
            .ToListAsync(CancellationToken.None).ConfigureAwait(false);
        var window = end is [var last] ? rest.Where(table.UpTo(last)) : rest;
        var (removed, picked) = await DeleteAsync(context, table, window.Where(isRemovable), batchSize).ConfigureAwait(false);
        return new(removed, picked.Count == batchSize ? [picked[^1]] : end);
    }
}

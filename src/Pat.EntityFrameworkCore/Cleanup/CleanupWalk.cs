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

    /// <summary>The most owners that a statement asks for.</summary>
    private const int MaxOwners = 1_000;

    private static readonly TimeSpan LongestStatement = TimeSpan.FromSeconds(30);

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
        // Nobody waits for it, and a large table takes longer than a request may.
        context.Database.SetCommandTimeout(LongestStatement);
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

        var quotas = await StepQuotasAsync(context, retention.At.Now, at.Owner ?? "", batchSize).ConfigureAwait(false);
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
        var (window, end) = await OpenWindowAsync(context, table, after, batchSize).ConfigureAwait(false);
        var (removed, picked) = await DeleteAsync(context, table, window.Where(isRemovable), batchSize).ConfigureAwait(false);
        return new(removed, picked.Count == batchSize ? [picked[^1]] : end);
    }

    /// <remarks>
    /// Owners are picked first, and asked for their tokens by their ids: asked of a whole window, a database may well read
    /// its whole table of tokens for each batch.
    /// </remarks>
    private async Task<CleanupStep<string>> StepQuotasAsync(DbContext context, DateTimeOffset now, string after, int batchSize)
    {
        var (window, end) = await OpenWindowAsync(context, Quotas, after, batchSize).ConfigureAwait(false);
        var limit = Math.Min(batchSize, MaxOwners);
        var over = await window.Where(quota => quota.CountedUntil <= now).OrderBy(Quotas.Key).Select(Quotas.Key).Take(limit)
            .ToListAsync(CancellationToken.None).ConfigureAwait(false);
        if (over.Count == 0)
        {
            return new(0, end);
        }

        var inUse = await context.Set<PersonalAccessToken>().Where(token => over.Contains(token.OwnerId))
            .Select(token => token.OwnerId).Distinct()
            .ToListAsync(CancellationToken.None).ConfigureAwait(false);
        List<string> spent = [.. over.Except(inUse, StringComparer.Ordinal)];

        // Each may have made a token meanwhile.
        var rows = context.Set<PersonalAccessTokenOwnerQuota>()
            .Where(quota => spent.Contains(quota.OwnerId))
            .Where(OwnerQuotas.IsSpent(context, now));
        var removed = spent.Count == 0 ? 0 : (await DeleteAsync(context, Quotas, rows, limit).ConfigureAwait(false)).Removed;
        return new(removed, over.Count == limit ? [over[^1]] : end);
    }

    /// <returns>The rows that a batch looks at, and the key of the last one; no key where there are no rows after them.</returns>
    private static async Task<(IQueryable<TEntity> Rows, IReadOnlyList<TKey> End)> OpenWindowAsync<TEntity, TKey>(
        DbContext context, CleanupTable<TEntity, TKey> table, TKey after, int batchSize)
        where TEntity : class
    {
        var rest = context.Set<TEntity>().Where(table.After(after));
        var end = await rest.OrderBy(table.Key).Select(table.Key).Skip((batchSize * Window) - 1).Take(1)
            .ToListAsync(CancellationToken.None).ConfigureAwait(false);
        return (end is [var last] ? rest.Where(table.UpTo(last)) : rest, end);
    }
}

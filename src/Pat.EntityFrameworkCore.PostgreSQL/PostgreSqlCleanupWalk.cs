using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Pat.EntityFrameworkCore;

/// <summary>Deletes a batch in one statement, and leaves rows that someone else holds alone.</summary>
internal sealed class PostgreSqlCleanupWalk(ContextSource contexts) : CleanupWalk(contexts)
{
    /// <remarks>
    /// The lock asks the condition again of a row that changed since the statement began. An array makes sure that the
    /// rows are picked once.
    /// </remarks>
    protected override async Task<(int Removed, IReadOnlyList<TKey> Picked)> DeleteAsync<TEntity, TKey>(
        DbContext context, CleanupTable<TEntity, TKey> table, IQueryable<TEntity> rows, int limit)
    {
        var mapped = MappedTable.Of<TEntity>(context);
        var key = mapped[table.KeyProperty];

        // EF's own SQL of the condition, for there is one rule of what a token's state is and it is written in LINQ.
        var pick = rows.OrderBy(table.Key).Select(table.Key).Take(limit).CreateDbCommand();
        await using (pick.ConfigureAwait(false))
        {
            var parameters = pick.Parameters.Cast<DbParameter>().ToArray();
            pick.Parameters.Clear();
            var deleted = await context.Database
                .SqlQueryRaw<TKey>(
                    RawSql.Literal(
                        $"""
                        WITH deleted AS (
                            DELETE FROM {mapped.Name} WHERE {key} = ANY (ARRAY({pick.CommandText} FOR UPDATE SKIP LOCKED)) RETURNING {key} AS k
                        )
                        SELECT k AS "Value" FROM deleted ORDER BY k
                        """),
                    [.. parameters])
                .ToListAsync(CancellationToken.None).ConfigureAwait(false);
            return (deleted.Count, deleted);
        }
    }
}

using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Pat.EntityFrameworkCore;

/// <summary>Writes last uses and removes tokens in sets, and leaves rows that someone else holds alone.</summary>
internal sealed class PostgreSqlStore(ContextSource contexts) : EntityFrameworkStore(contexts)
{
    /// <remarks>A use of a row that is being changed at this moment is not noted; the token's next use is.</remarks>
    public override Task RecordUseAsync(
        IReadOnlyCollection<PersonalAccessTokenUse> uses, TimeSpan resolution, CancellationToken cancellationToken)
    {
        ThrowIfTooMany(uses.Count);
        return Contexts.WriteAsync(
            context => context.Database.ExecuteSqlRawAsync(
                RecordUseSql(MappedTable.Of<PersonalAccessToken>(context)),
                [
                    Array("ids", NpgsqlDbType.Uuid, uses.Select(use => use.Id).ToArray()),
                    Array("times", NpgsqlDbType.TimestampTz, uses.Select(use => use.UsedAt.UtcDateTime).ToArray()),
                    Array("addresses", NpgsqlDbType.Text, uses.Select(use => use.Address).ToArray()),
                    new NpgsqlParameter("resolution", NpgsqlDbType.Interval) { Value = resolution },
                ],
                CancellationToken.None),
            cancellationToken);
    }

    protected override Task<int> RemoveTokensAsync(
        PersonalAccessTokenRetention retention, int batchSize, CancellationToken cancellationToken)
    {
        var removable = retention.At.IsRemovable(retention.Retention, retention.InactiveRetention);
        return Contexts.WriteAsync(
            context => DeleteAsync(context, Tokens(context).Where(removable), token => token.Id, nameof(PersonalAccessToken.Id), batchSize),
            cancellationToken);
    }

    protected override Task<int> RemoveQuotasAsync(DateTimeOffset now, int batchSize, CancellationToken cancellationToken) =>
        Contexts.WriteAsync(
            context => DeleteAsync(
                context, OwnerQuotas.Spent(context, now), quota => quota.OwnerId, nameof(PersonalAccessTokenOwnerQuota.OwnerId), batchSize),
            cancellationToken);

    /// <summary>
    /// The rows are locked in the order of their ids, so that no two writers wait for each other in a circle. What was
    /// true of a row when the statement began is asked again where it is updated, for it may have changed in between.
    /// </summary>
    private static string RecordUseSql(MappedTable table) => Literal(
        $"""
        UPDATE {table.Name} AS t
        SET {table[nameof(PersonalAccessToken.LastUsedAt)]} = f.used_at, {table[nameof(PersonalAccessToken.LastUsedAddress)]} = f.address
        FROM (
            SELECT t.{table[nameof(PersonalAccessToken.Id)]} AS id, u.used_at, u.address
            FROM unnest(@ids, @times, @addresses) AS u (id, used_at, address)
            JOIN {table.Name} AS t ON t.{table[nameof(PersonalAccessToken.Id)]} = u.id
            WHERE {IsNoteworthy(table, "u")}
            ORDER BY t.{table[nameof(PersonalAccessToken.Id)]}
            FOR NO KEY UPDATE OF t SKIP LOCKED
        ) AS f
        WHERE t.{table[nameof(PersonalAccessToken.Id)]} = f.id AND {IsNoteworthy(table, "f")}
        """);

    private static string IsNoteworthy(MappedTable table, string use) =>
        $"""
        t.{table[nameof(PersonalAccessToken.RevokedAt)]} IS NULL AND (t.{table[nameof(PersonalAccessToken.LastUsedAt)]} IS NULL OR t.{table[nameof(PersonalAccessToken.LastUsedAt)]} <= {use}.used_at - @resolution)
        """;

    /// <summary>
    /// Deletes at most <paramref name="limit"/> rows that no one else holds. The lock asks the condition again of a row
    /// that changed since the statement began. An array makes sure that the rows are picked once.
    /// </summary>
    private static async Task<int> DeleteAsync<TEntity, TKey>(
        DbContext context, IQueryable<TEntity> rows, Expression<Func<TEntity, TKey>> key, string keyProperty, int limit)
        where TEntity : class
    {
        var table = MappedTable.Of<TEntity>(context);

        // EF's own SQL of the condition, for there is one rule of what a token's state is and it is written in LINQ.
        var picked = rows.OrderBy(key).Select(key).Take(limit).CreateDbCommand();
        await using (picked.ConfigureAwait(false))
        {
            var parameters = picked.Parameters.Cast<DbParameter>().ToArray();
            picked.Parameters.Clear();
            return await context.Database.ExecuteSqlRawAsync(
                Literal($"DELETE FROM {table.Name} WHERE {table[keyProperty]} = ANY (ARRAY({picked.CommandText} FOR UPDATE SKIP LOCKED))"),
                parameters,
                CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static NpgsqlParameter Array<T>(string name, NpgsqlDbType type, T[] values) =>
        new(name, type | NpgsqlDbType.Array) { Value = values };

    /// <summary>ExecuteSqlRaw takes a format string, and a table's name may have braces.</summary>
    private static string Literal(string sql) =>
        sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
}

using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Pat.EntityFrameworkCore;

/// <summary>Writes last uses and removes tokens in sets, and leaves rows that someone else holds alone.</summary>
internal sealed class PostgreSqlStore(ContextSource contexts) : EntityFrameworkStore(contexts)
{
    protected override CleanupWalk Cleanup { get; } = new PostgreSqlCleanupWalk(contexts);

    public override Task<IReadOnlyDictionary<Guid, PersonalAccessTokenUseOutcome>> RecordUseAsync(
        IReadOnlyCollection<PersonalAccessTokenUse> uses, TimeSpan resolution, CancellationToken cancellationToken)
    {
        ThrowIfTooMany(uses.Count);
        return Contexts.WriteAsync(context => RecordUseAsync(context, uses, resolution), cancellationToken);
    }

    private static async Task<IReadOnlyDictionary<Guid, PersonalAccessTokenUseOutcome>> RecordUseAsync(
        DbContext context, IReadOnlyCollection<PersonalAccessTokenUse> uses, TimeSpan resolution)
    {
        var outcomes = await context.Database
            .SqlQueryRaw<int>(
                RecordUseSql(MappedTable.Of<PersonalAccessToken>(context)),
                Array("ids", NpgsqlDbType.Uuid, uses.Select(static use => use.Id).ToArray()),
                Array("times", NpgsqlDbType.TimestampTz, uses.Select(static use => use.UsedAt.UtcDateTime).ToArray()),
                Array("addresses", NpgsqlDbType.Text, uses.Select(static use => use.Address).ToArray()),
                new NpgsqlParameter("resolution", NpgsqlDbType.Interval) { Value = resolution })
            .ToListAsync(CancellationToken.None).ConfigureAwait(false);
        return uses.Zip(outcomes).ToDictionary(
            static pair => pair.First.Id, static pair => (PersonalAccessTokenUseOutcome)pair.Second);
    }

    /// <summary>
    /// The rows are locked in the order of their ids, so that no two writers wait for each other in a circle. What was
    /// true of a row when the statement began is asked again where it is updated, for it may have changed in between.
    /// The answer rests on the rows as they were when the statement began: one that should have been written and was not
    /// was held, or changed since.
    /// </summary>
    private static string RecordUseSql(MappedTable table)
    {
        var (id, lastUsedAt, revokedAt) = (
            table[nameof(PersonalAccessToken.Id)],
            table[nameof(PersonalAccessToken.LastUsedAt)],
            table[nameof(PersonalAccessToken.RevokedAt)]);
        return RawSql.Literal(
            $"""
            WITH u AS (
                SELECT * FROM unnest(@ids, @times, @addresses) WITH ORDINALITY AS u (id, used_at, address, place)
            ), free AS (
                SELECT u.*
                FROM u JOIN {table.Name} AS t ON t.{id} = u.id
                WHERE t.{revokedAt} IS NULL AND (t.{lastUsedAt} IS NULL OR t.{lastUsedAt} <= u.used_at - @resolution)
                ORDER BY t.{id}
                FOR NO KEY UPDATE OF t SKIP LOCKED
            ), written AS (
                UPDATE {table.Name} AS t
                SET {lastUsedAt} = free.used_at, {table[nameof(PersonalAccessToken.LastUsedAddress)]} = free.address
                FROM free
                WHERE t.{id} = free.id
                    AND t.{revokedAt} IS NULL AND (t.{lastUsedAt} IS NULL OR t.{lastUsedAt} <= free.used_at - @resolution)
                RETURNING free.place
            )
            SELECT CASE
                WHEN written.place IS NOT NULL THEN {(int)PersonalAccessTokenUseOutcome.Written}
                WHEN t.{id} IS NULL OR t.{revokedAt} IS NOT NULL THEN {(int)PersonalAccessTokenUseOutcome.Gone}
                WHEN t.{lastUsedAt} > u.used_at - @resolution THEN {(int)PersonalAccessTokenUseOutcome.NotNeeded}
                ELSE {(int)PersonalAccessTokenUseOutcome.Busy}
            END AS "Value"
            FROM u LEFT JOIN {table.Name} AS t ON t.{id} = u.id LEFT JOIN written ON written.place = u.place
            ORDER BY u.place
            """);
    }

    private static NpgsqlParameter Array<T>(string name, NpgsqlDbType type, T[] values) =>
        new(name, type | NpgsqlDbType.Array) { Value = values };
}

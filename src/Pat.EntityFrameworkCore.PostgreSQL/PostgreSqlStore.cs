using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Pat.EntityFrameworkCore;

/// <summary>
/// Writes last uses and removes tokens in sets, and leaves rows that someone else holds alone. Where it has a feed, changes
/// are told in one with their being made; if that can't be told they are made all the same.
/// </summary>
internal sealed class PostgreSqlStore(ContextSource contexts, PostgreSqlChangeFeed? feed) : EntityFrameworkStore(contexts)
{
    protected override CleanupWalk Cleanup { get; } = new PostgreSqlCleanupWalk(contexts);

    public override Task<IReadOnlyDictionary<Guid, PersonalAccessTokenUseOutcome>> RecordUseAsync(
        IReadOnlyCollection<PersonalAccessTokenUse> uses, TimeSpan resolution, CancellationToken cancellationToken)
    {
        ThrowIfTooMany(uses.Count);
        return Contexts.WriteAsync(context => RecordUseAsync(context, uses, resolution), cancellationToken);
    }

    public override async Task<PersonalAccessTokenWriteOutcome> RotateAsync(
        PersonalAccessToken rotated, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken)
    {
        Task<PersonalAccessTokenWriteOutcome> PlainAsync() => base.RotateAsync(rotated, limits, at, cancellationToken);

        if (feed is null)
        {
            return await PlainAsync().ConfigureAwait(false);
        }

        try
        {
            return await RotateAsync(
                rotated,
                limits,
                at,
                context => feed.NotifyAsync(context, PersonalAccessTokenChange.OfToken(rotated.Id)),
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (PostgreSqlChangeFeed.IsFull(exception))
        {
            // Rolled back.
            return await feed.WithoutNoticeAsync(PlainAsync).ConfigureAwait(false);
        }
    }

    /// <remarks>Tells it in the same statement. The condition is asked once more of rows that someone else held.</remarks>
    protected override async Task<int> ChangeAsync(
        PersonalAccessTokenChange change,
        Func<DbContext, IQueryable<PersonalAccessToken>> rows,
        ColumnValues columns,
        CancellationToken cancellationToken)
    {
        Task<int> PlainAsync() => base.ChangeAsync(change, rows, columns, cancellationToken);

        if (feed is null)
        {
            return await PlainAsync().ConfigureAwait(false);
        }

        try
        {
            return await Contexts
                .WriteAsync(context => ChangeAndTellAsync(feed, context, change, rows(context), columns), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (PostgreSqlChangeFeed.IsFull(exception))
        {
            return await feed.WithoutNoticeAsync(PlainAsync).ConfigureAwait(false);
        }
    }

    private static async Task<int> ChangeAndTellAsync(
        PostgreSqlChangeFeed feed,
        DbContext context,
        PersonalAccessTokenChange change,
        IQueryable<PersonalAccessToken> rows,
        ColumnValues columns)
    {
        var table = MappedTable.Of<PersonalAccessToken>(context);
        var (id, version) = (table[nameof(PersonalAccessToken.Id)], table[nameof(PersonalAccessToken.Version)]);

        // EF's own SQL of the condition, for there is one rule of what a token's state is and it is written in LINQ. In
        // the order of ids, as all who lock several.
        var pick = rows.OrderBy(static token => token.Id).Select(static token => token.Id).CreateDbCommand();
        await using (pick.ConfigureAwait(false))
        {
            var parameters = pick.Parameters.Cast<DbParameter>().ToList();
            pick.Parameters.Clear();
            var set = new List<string>(columns.Values.Count);
            foreach (var (property, value) in columns.Values)
            {
                var name = $"set_{property}";
                set.Add($"{table[property]} = @{name}");
                parameters.Add(table.Parameter(pick, name, property, value));
            }

            var (sql, ofNotice) = feed.With(
                $"""
                UPDATE {table.Name} SET {string.Join(", ", set)}, {version} = {version} + 1
                WHERE {id} = ANY (ARRAY({pick.CommandText} FOR UPDATE)) RETURNING 1
                """,
                change);
            var counts = await context.Database
                .SqlQueryRaw<int>(RawSql.Literal(sql), [.. parameters, .. ofNotice])
                .ToListAsync(CancellationToken.None).ConfigureAwait(false);
            return counts[0];
        }
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
    /// was held, or changed since. A revocation has cleared the address, and it stays so.
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
                WHERE (t.{revokedAt} IS NULL OR t.{revokedAt} >= u.used_at)
                    AND (t.{lastUsedAt} IS NULL OR t.{lastUsedAt} <= u.used_at - @resolution)
                ORDER BY t.{id}
                FOR NO KEY UPDATE OF t SKIP LOCKED
            ), written AS (
                UPDATE {table.Name} AS t
                SET {lastUsedAt} = free.used_at,
                    {table[nameof(PersonalAccessToken.LastUsedAddress)]} = CASE WHEN t.{revokedAt} IS NULL THEN free.address END
                FROM free
                WHERE t.{id} = free.id
                    AND (t.{revokedAt} IS NULL OR t.{revokedAt} >= free.used_at)
                    AND (t.{lastUsedAt} IS NULL OR t.{lastUsedAt} <= free.used_at - @resolution)
                RETURNING free.place
            )
            SELECT CASE
                WHEN written.place IS NOT NULL THEN {(int)PersonalAccessTokenUseOutcome.Written}
                WHEN t.{id} IS NULL OR t.{revokedAt} < u.used_at THEN {(int)PersonalAccessTokenUseOutcome.Gone}
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

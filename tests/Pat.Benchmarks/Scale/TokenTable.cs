using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Pat.Benchmarks;

/// <summary>A table of tokens in PostgreSQL, filled in bulk.</summary>
internal sealed class TokenTable
{
    private const string Table = "\"PersonalAccessTokens\"";

    private static readonly TimeSpan StatisticsLimit = TimeSpan.FromSeconds(15);

    private readonly Dictionary<long, string> _known = [];

    private TokenTable(Database database, TokenRows rows)
    {
        Database = database;
        Rows = rows;
    }

    public Database Database { get; }

    public TokenRows Rows { get; }

    /// <summary>The values of the tokens whose secrets are known.</summary>
    public IReadOnlyCollection<string> Known => _known.Values;

    /// <param name="database">An empty database.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="known">How many of them, evenly among the others, have a secret that is known.</param>
    public static async Task<TokenTable> FillAsync(Database database, long count, int known)
    {
        var table = new TokenTable(database, new TokenRows(count));
        await using (var node = new Node(database, PersonalAccessTokenHashAlgorithm.Sha256))
        {
            await node.CreateTablesAsync();
        }

        var started = Stopwatch.GetTimestamp();
        var indexes = await table.DropIndexesAsync();
        await table.CopyAsync(known);
        foreach (var index in indexes)
        {
            await database.ExecuteAsync(index);
        }

        await table.VacuumAsync();
        await database.ExecuteAsync("CHECKPOINT");
        Console.WriteLine($"Filled with {count:N0} rows in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
        return table;
    }

    public Task VacuumAsync() => Database.ExecuteAsync($"VACUUM (ANALYZE) {Table}");

    /// <summary>Reads the whole table and its key once, so that the system has them in memory as far as they fit.</summary>
    public async Task WarmAsync()
    {
        await Database.ExecuteAsync("CREATE EXTENSION IF NOT EXISTS pg_prewarm");
        await Database.ExecuteAsync(
            $"SELECT pg_prewarm(indexrelid, 'read') FROM pg_index WHERE indrelid = '{Table}'::regclass AND indisprimary");
        await Database.ExecuteAsync($"SELECT pg_prewarm('{Table}', 'read')");
    }

    /// <summary>Gigabytes of the table, its indexes included.</summary>
    public async Task<double> SizeAsync() =>
        (long)(await Database.ScalarAsync($"SELECT pg_total_relation_size('{Table}')"))! / 1e9;

    /// <summary>How many rows were updated so far, and how many of those on their own page, without touching an index.</summary>
    /// <param name="expected">What is waited for: a connection tells its numbers some time later.</param>
    public async Task<(long Updated, long HeapOnly)> ReadUpdatesAsync(long expected)
    {
        // A connection that is closed tells what it did at once.
        await using (var connection = new NpgsqlConnection(Database.ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var updated = await ReadAsync("n_tup_upd");
            if (updated >= expected || Stopwatch.GetElapsedTime(started) > StatisticsLimit)
            {
                return (updated, await ReadAsync("n_tup_hot_upd"));
            }

            await Task.Delay(100);
        }
    }

    private async Task<long> ReadAsync(string column) =>
        (long)(await Database.ScalarAsync($"SELECT {column} FROM pg_stat_user_tables WHERE relid = '{Table}'::regclass"))!;

    /// <summary>Drops all indexes but the key's, which grows at its end alone.</summary>
    /// <returns>What makes them again.</returns>
    private async Task<List<string>> DropIndexesAsync()
    {
        List<(string Name, string Definition)> indexes = [];
        await using (var connection = new NpgsqlConnection(Database.ConnectionString))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(
                $"SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = '{Table}'::regclass AND NOT indisprimary",
                connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                indexes.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        foreach (var (name, _) in indexes)
        {
            await Database.ExecuteAsync($"DROP INDEX {name}");
        }

        return [.. indexes.Select(index => index.Definition)];
    }

    private async Task CopyAsync(int known)
    {
        var every = known == 0 ? long.MaxValue : Math.Max(1, Rows.Count / known);
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync();
        await using var copy = await connection.BeginBinaryImportAsync(
            $"""
            COPY {Table} ("Id", "OwnerId", "Name", "Scopes", "SecretHash", "SecretTag", "SecretCreatedAt", "CreatedAt",
                "UpdatedAt", "ExpiresAt", "LastUsedAt", "Version") FROM STDIN (FORMAT BINARY)
            """);
        for (var number = 0L; number < Rows.Count; number++)
        {
            var row = Rows.Row(number);
            if (number % every == 0 && _known.Count < known)
            {
                (row, _known[number]) = Rows.KnownRow(number);
            }

            await WriteAsync(copy, row);
        }

        await copy.CompleteAsync();
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, PersonalAccessToken row)
    {
        await copy.StartRowAsync();
        await copy.WriteAsync(row.Id, NpgsqlDbType.Uuid);
        await copy.WriteAsync(row.OwnerId, NpgsqlDbType.Varchar);
        await copy.WriteAsync(row.Name, NpgsqlDbType.Varchar);
        await copy.WriteAsync(row.Scopes, NpgsqlDbType.Array | NpgsqlDbType.Text);
        await copy.WriteAsync(row.SecretHash, NpgsqlDbType.Varchar);
        await copy.WriteAsync(row.SecretTag, NpgsqlDbType.Bytea);
        await copy.WriteAsync(row.SecretCreatedAt.UtcDateTime, NpgsqlDbType.TimestampTz);
        await copy.WriteAsync(row.CreatedAt.UtcDateTime, NpgsqlDbType.TimestampTz);
        await copy.WriteAsync(row.UpdatedAt.UtcDateTime, NpgsqlDbType.TimestampTz);
        await copy.WriteAsync(row.ExpiresAt!.Value.UtcDateTime, NpgsqlDbType.TimestampTz);
        await copy.WriteAsync(row.LastUsedAt!.Value.UtcDateTime, NpgsqlDbType.TimestampTz);
        await copy.WriteAsync(row.Version, NpgsqlDbType.Bigint);
    }
}

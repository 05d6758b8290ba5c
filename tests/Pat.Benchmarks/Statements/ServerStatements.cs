using Npgsql;

namespace Pat.Benchmarks;

/// <summary>The statements that a PostgreSQL server carried out for a database, by its own count.</summary>
internal sealed class ServerStatements(Database database)
{
    /// <summary>The setting that a server counts by.</summary>
    public const string Setting = "shared_preload_libraries=pg_stat_statements";

    private const int MaxText = 100;

    /// <summary>Not of a pool: resetting a pooled connection for its next use would be counted.</summary>
    private readonly string _connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString;

    public async Task ResetAsync()
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "CREATE EXTENSION IF NOT EXISTS pg_stat_statements; SELECT pg_stat_statements_reset()", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Each statement and how often it came, the most frequent first; those that ask for this are left out.</summary>
    public async Task<IReadOnlyList<(string Text, long Calls)>> ReadAsync()
    {
        List<(string, long)> statements = [];
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT query, calls FROM pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%pg_stat_statements%'
            ORDER BY calls DESC
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var text = string.Join(' ', reader.GetString(0).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            statements.Add((text.Length > MaxText ? text[..MaxText] : text, reader.GetInt64(1)));
        }

        return statements;
    }
}

using Microsoft.EntityFrameworkCore;
using Npgsql;
using Pat.TestSupport;

namespace Pat.Benchmarks;

/// <summary>Where something is kept, in words that another process understands.</summary>
/// <param name="Provider"><c>Sqlite</c> or <c>PostgreSQL</c>.</param>
/// <param name="ConnectionString">How it is reached.</param>
internal sealed record Database(string Provider, string ConnectionString)
{
    /// <summary>How many statements a connection keeps prepared where it does.</summary>
    public const int MaxPrepared = 20;

    public bool IsPostgreSql => Provider == "PostgreSQL";

    public static Database Of(TestDatabase database) => new(database.Provider, database.ConnectionString);

    /// <summary>The same PostgreSQL database, reached as whoever looks for throughput does: what is sent often is prepared.</summary>
    public Database WithPreparedStatements() => this with
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(ConnectionString) { MaxAutoPrepare = MaxPrepared }.ConnectionString,
    };

    public void Configure(DbContextOptionsBuilder options)
    {
        if (IsPostgreSql)
        {
            options.UseNpgsql(ConnectionString);
        }
        else
        {
            options.UseSqlite(ConnectionString);
        }
    }

    /// <summary>The settings of the server that figures depend on.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> ReadSettingsAsync()
    {
        List<(string, string)> settings = [];
        foreach (var name in (string[])["server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers"])
        {
            settings.Add(($"postgresql {name}", (string)(await ScalarAsync($"SHOW {name}"))!));
        }

        return settings;
    }

    /// <summary>Runs SQL on PostgreSQL, whatever time it takes.</summary>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first field of the first row that PostgreSQL answers.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync();
    }
}

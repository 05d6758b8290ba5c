using Npgsql;
using Xunit;

namespace Pat.TestSupport;

/// <summary>
/// A PostgreSQL server for all tests of an assembly: the one that the environment's <c>PAT_TEST_POSTGRES</c> connects to,
/// else a throw-away one that is started when the first test asks for a database.
/// </summary>
/// <remarks>Use it as <c>[assembly: AssemblyFixture(typeof(PostgresServer))]</c> and take it in the test's constructor.</remarks>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1);
    private LocalPostgres? _local;
    private string? _connectionString;

    /// <summary>Whether the throw-away server keeps what is committed as PostgreSQL does by default. Default: false, which is faster.</summary>
    public bool IsDurable { get; init; }

    /// <summary>Further settings of the throw-away server, each <c>name=value</c>. Default: none.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A new, empty database.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync()
    {
        var server = await ConnectionStringAsync();
        var name = $"pat_test_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        await ExecuteAsync(server, $"CREATE DATABASE \"{name}\"");
        return new PostgresDatabase(
            new NpgsqlConnectionStringBuilder(server) { Database = name },
            sql => ExecuteAsync(server, sql));
    }

    /// <summary>Takes a database away from everybody, as if the server were down for them, until the result is disposed of.</summary>
    public async Task<IAsyncDisposable> ShutOutAsync(TestDatabase database)
    {
        var server = await ConnectionStringAsync();
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;
        await ExecuteAsync(server, $"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS false");
        await ExecuteAsync(server, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        return new DatabaseOutage(() => ExecuteAsync(server, $"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS true"));
    }

    /// <summary>Stops the throw-away server and starts it over the same data; nothing is in its memory then.</summary>
    public async Task RestartAsync()
    {
        if (_local is null)
        {
            throw new InvalidOperationException("Only a server that was started here can be started again.");
        }

        NpgsqlConnection.ClearAllPools();
        await _local.RestartAsync();
    }

    /// <summary>Kills the throw-away server as a power cut would, and starts it over what it had written.</summary>
    public async Task KillAndStartAsync(TimeSpan pause)
    {
        await (_local ?? throw new InvalidOperationException("Only a server that was started here can be killed.")).KillAsync();
        await Task.Delay(pause);
        await _local.StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_local is not null)
        {
            await _local.DisposeAsync();
        }

        _starting.Dispose();
    }

    private async Task<string> ConnectionStringAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_connectionString is null)
            {
                _connectionString = Environment.GetEnvironmentVariable("PAT_TEST_POSTGRES");
                if (string.IsNullOrEmpty(_connectionString))
                {
                    _local = await LocalPostgres.StartAsync(IsDurable, Settings);
                    _connectionString = _local.ConnectionString;
                }
            }

            return _connectionString;
        }
        finally
        {
            _starting.Release();
        }
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

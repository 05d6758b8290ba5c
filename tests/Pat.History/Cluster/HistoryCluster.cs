using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;
using Pat.TestSupport;

namespace Pat.History;

/// <summary>
/// Several copies of the sample on one PostgreSQL, the last of them behind PgBouncer in transaction mode; they hear of each other by
/// PostgreSQL or by Redis.
/// </summary>
public sealed class HistoryCluster : IAsyncDisposable
{
    private const string Role = "nodes";
    private const int Owners = 10;
    private const int OwnersToLock = 2;
    private const string Options = "--Authentication:Schemes:PersonalAccessToken";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly PostgresServer _postgres;
    private readonly RunSettings _settings;
    private readonly RunHistory _history;
    private readonly List<ClusterNode> _nodes = [];
    private readonly List<Owner> _owners = [];
    private TestDatabase _database = null!;
    private LocalServer? _redis;
    private LocalServer? _bouncer;

    private HistoryCluster(RunSettings settings, RunHistory history)
    {
        (_settings, _history) = (settings, history);

        // What is committed has to outlive a SIGKILL.
        _postgres = new() { IsDurable = true, Settings = settings.WaitsForDisk ? [] : ["fsync=off"] };
    }

    public IReadOnlyList<ClusterNode> Nodes => _nodes;

    /// <summary>Those who change their tokens.</summary>
    public IReadOnlyList<Owner> ChangingOwners => _owners[OwnersToLock..];

    /// <summary>Those whom an administrator locks.</summary>
    public IReadOnlyList<Owner> LockedOwners => _owners[..OwnersToLock];

    public static async Task<HistoryCluster> StartAsync(RunSettings settings, RunHistory history)
    {
        var cluster = new HistoryCluster(settings, history);
        try
        {
            await cluster.StartAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a statement as an administrator, past all that can be broken but PostgreSQL itself.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The rows of all tokens: their versions, and whether they are revoked.</summary>
    public async Task<IReadOnlyDictionary<string, (long Version, bool IsRevoked)>> ReadRowsAsync()
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""SELECT "Id", "Version", "RevokedAt" IS NOT NULL FROM "PersonalAccessTokens" """, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new Dictionary<string, (long, bool)>();
        while (await reader.ReadAsync())
        {
            rows.Add(PersonalAccessTokenFormat.FormatId(reader.GetGuid(0)), (reader.GetInt64(1), reader.GetBoolean(2)));
        }

        return rows;
    }

    /// <summary>Stops PostgreSQL and starts it again.</summary>
    public Task RestartPostgresAsync() => _postgres.RestartAsync();

    /// <summary>Kills PostgreSQL with SIGKILL and starts it again.</summary>
    public Task KillPostgresAsync(TimeSpan pause) => _postgres.KillAndStartAsync(pause);

    /// <summary>Ends the nodes' connections, and lets none of them make another for a while.</summary>
    public async Task ExhaustConnectionsAsync(TimeSpan time)
    {
        await ExecuteAsync($"ALTER ROLE {Role} CONNECTION LIMIT 1");
        try
        {
            await ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{Role}'");
            await Task.Delay(time);
        }
        finally
        {
            await ExecuteAsync($"ALTER ROLE {Role} CONNECTION LIMIT -1");
        }
    }

    /// <summary>Answers the writing of last uses with the error of a full disk for a while.</summary>
    public async Task FillDiskOfUsesAsync(TimeSpan time)
    {
        await ExecuteAsync("""
            CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER no_room BEFORE UPDATE ON "PersonalAccessTokens" FOR EACH ROW
                WHEN (OLD."LastUsedAt" IS DISTINCT FROM NEW."LastUsedAt") EXECUTE FUNCTION no_room()
            """);
        await Task.Delay(time);
        await ExecuteAsync("DROP FUNCTION no_room CASCADE");
    }

    public async Task RestartRedisAsync(TimeSpan pause)
    {
        await _redis!.KillAsync();
        await Task.Delay(pause);
        await _redis.StartAgainAsync();
    }

    /// <summary>Ends the connections that listen, as an administrator would.</summary>
    public async Task EndListenersAsync()
    {
        if (_redis is null)
        {
            await ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
            return;
        }

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _redis.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("CLIENT KILL TYPE pubsub\r\n"));
        await client.GetStream().ReadAtLeastAsync(new byte[16], 1);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owner in _owners)
        {
            owner.Dispose();
        }

        await Task.WhenAll(_nodes.Select(static node => node.DisposeAsync().AsTask()));
        await (_bouncer?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_redis?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _postgres.DisposeAsync();
    }

    private async Task StartAsync()
    {
        _database = await _postgres.CreateDatabaseAsync();
        var connection = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        await ExecuteAsync($"""CREATE ROLE {Role} LOGIN; ALTER DATABASE "{connection.Database}" OWNER TO {Role}""");
        _bouncer = await LocalServer.StartPgBouncerAsync(connection.Host!, user: Role);
        _redis = _settings.Feed == FeedKind.Redis ? await LocalServer.StartRedisAsync() : null;

        // One by one: the first makes the tables.
        for (var number = 0; number < _settings.Nodes; number++)
        {
            var node = MakeNode(number, connection);
            _nodes.Add(node);
            await node.StartAsync();
        }

        for (var number = 0; number < Owners; number++)
        {
            _owners.Add(new Owner($"owner{number}@example.com"));
            await _owners[number].RegisterAsync(_nodes[0]);
        }

        await WaitForFeedAsync();
    }

    private ClusterNode MakeNode(int number, NpgsqlConnectionStringBuilder connection)
    {
        var postgres = TcpProxy.Start(new UnixDomainSocketEndPoint($"{connection.Host}/.s.PGSQL.5432"));
        List<TcpProxy> network = [postgres];
        List<string> settings =
        [
            "--Database:Provider=PostgreSQL", $"{Options}:MaxStaleness={_settings.MaxStaleness}",
            $"{Options}:Hashing:Algorithm=Sha256", $"{Options}:MaxSecretsPerOwnerPerDay=1000000", $"{Options}:MaxTokensPerOwner=10000",
            "--Tokens:RecentSignIn=", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Pat=Information",
            "--Logging:LogLevel:Pat.AspNetCore=Warning",
            "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information", "--Logging:Console:FormatterName=simple",
            "--Logging:Console:FormatterOptions:SingleLine=true",
        ];
        if (number == _settings.Nodes - 1)
        {
            var bouncer = TcpProxy.Start(new IPEndPoint(IPAddress.Loopback, _bouncer!.Port));
            network.Add(bouncer);
            settings.Add($"--ConnectionStrings:Default={Through(bouncer, connection, noReset: true)}");
            settings.Add($"--ConnectionStrings:Listen={Through(postgres, connection)}");
        }
        else
        {
            settings.Add($"--ConnectionStrings:Default={Through(postgres, connection)}");
        }

        if (_redis is not null)
        {
            var redis = TcpProxy.Start(new IPEndPoint(IPAddress.Loopback, _redis.Port));
            network.Add(redis);
            settings.Add($"--ConnectionStrings:Redis=127.0.0.1:{redis.Port}");
        }

        return new ClusterNode(number, StartAsync, network, _history);

        Task<RunningTaskApi> StartAsync(string controlFile, Action<string> readLine) => RunningTaskApi.StartAsync(
            _settings.Program,
            settings,
            new Dictionary<string, string>(NodeHook.Environment(controlFile)) { ["PAT_HISTORY_WITHOUT"] = _settings.Without ?? "" },
            readLine);
    }

    private static string Through(TcpProxy proxy, NpgsqlConnectionStringBuilder connection, bool noReset = false) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = proxy.Port,
            Username = Role,
            Database = connection.Database,
            MaxPoolSize = 20,
            NoResetOnClose = noReset,
        }.ConnectionString;

    private async Task WaitForFeedAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        while (_nodes.Exists(node => !_history.FeedEvents.Any(told => told.Node == node.Number)))
        {
            await Task.Delay(50, limit.Token);
        }
    }
}

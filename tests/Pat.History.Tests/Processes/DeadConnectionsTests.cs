using System.Net;
using System.Net.Sockets;
using Npgsql;
using Pat.TestSupport;

namespace Pat.History.Tests;

public sealed class DeadConnectionsTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const int Connections = 20;
    private const string Options = "--Authentication:Schemes:PersonalAccessToken";

    /// <summary>Two seconds for each of the connections, one after the other, would take longer.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_pool_whose_connections_all_died_in_silence_is_given_up_as_a_whole()
    {
        await using var database = await server.CreateDatabaseAsync();
        var direct = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var proxy = TcpProxy.Start(new UnixDomainSocketEndPoint($"{direct.Host}/.s.PGSQL.5432"));
        var through = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = proxy.Port,
            Username = direct.Username,
            Database = direct.Database,
            MaxPoolSize = Connections,
        };
        var controlFile = Path.GetTempFileName();
        await using var node = await RunningTaskApi.StartAsync(
            RunningTaskApi.DefaultProgram,
            ["--Database:Provider=PostgreSQL", $"--ConnectionStrings:Default={through.ConnectionString}", $"{Options}:MaxStaleness=00:00:00"],
            NodeHook.Environment(controlFile));
        var owner = new Caller(node.CreateClient(), "owner@example.com");
        await owner.RegisterAsync();
        await owner.SignInAsync();
        var value = await owner.CreateTokenValueAsync("read");
        using var script = node.CreateClient();
        script.DefaultRequestHeaders.Add("X-Pat-History", "1");
        Assert.Equal(HttpStatusCode.OK, (await script.ListTasksAsync(value)).StatusCode);

        // The application's own requests fill the pool.
        await Task.WhenAll(Enumerable.Range(0, 20 * Connections).Select(_ => owner.Http.GetAsync("/api/tasks")));
        var pooled = await CountAsync(database);
        Assert.True(pooled > Connections / 2, $"Only {pooled} connections are pooled.");

        proxy.HalfOpen();

        using var limit = new CancellationTokenSource(Deadline);
        while ((await script.ListTasksAsync(value)).StatusCode != HttpStatusCode.OK)
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        File.Delete(controlFile);
    }

    private static async Task<long> CountAsync(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

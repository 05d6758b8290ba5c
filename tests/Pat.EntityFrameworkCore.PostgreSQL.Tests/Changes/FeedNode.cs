using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Npgsql;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

/// <summary>A node with a change feed, that would not learn of another's change by itself for an hour.</summary>
internal sealed class FeedNode : IAsyncDisposable
{
    private readonly IHost _host;

    private FeedNode(IHost host) => _host = host;

    public PersonalAccessTokenManager Manager => Get<PersonalAccessTokenManager>();

    public bool IsUp => Get<FeedStatus>().IsUp;

    public StatementLog Statements => Get<StatementLog>();

    public static Task<FeedNode> StartAsync(
        TestDatabase database, Action<PersonalAccessTokenPostgreSqlOptions>? configure = null, Action<PersonalAccessTokenBuilder>? add = null) =>
        StartAsync(options => database.Configure(options), configure, add);

    public static async Task<FeedNode> StartAsync(
        Action<DbContextOptionsBuilder> database,
        Action<PersonalAccessTokenPostgreSqlOptions>? configure = null,
        Action<PersonalAccessTokenBuilder>? add = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddFakeLogging();
        var statements = new StatementLog();
        builder.Services.AddSingleton(statements);
        builder.Services.AddPooledDbContextFactory<PersonalAccessTokenDbContext>(options =>
        {
            database(options);
            options.AddInterceptors(statements);
        });
        var tokens = builder.Services.AddPersonalAccessTokenCore(options =>
            {
                options.MaxStaleness = TimeSpan.FromHours(1);
                options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Sha256;
            })
            .AddEntityFrameworkStore<PersonalAccessTokenDbContext>()
            .UsePostgreSql(configure);
        add?.Invoke(tokens);
        var node = new FeedNode(builder.Build());
        await using (var context = await node.Get<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync())
        {
            await context.Database.EnsureCreatedAsync();
        }

        await node._host.StartAsync();
        return node;
    }

    /// <summary>Creates a token and has it accepted by both nodes.</summary>
    public async Task<(PersonalAccessToken Token, string Value)> IssueWarmAsync(FeedNode other, string owner = "alice")
    {
        var result = await Manager.CreateAsync(new()
        {
            OwnerId = owner,
            Name = "ci",
            Scopes = ["read", "write"],
            ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
        });
        Assert.True((await Manager.VerifyAsync(result.Value!)).Succeeded);
        Assert.True((await other.Manager.VerifyAsync(result.Value!)).Succeeded);
        return (result.Token!, result.Value!);
    }

    public async Task<PersonalAccessTokenRefusal> RefusalOfAsync(string value) => (await Manager.VerifyAsync(value)).Refusal;

    public async Task UpAsync() => await EventuallyAsync(() => Task.FromResult(IsUp));

    public IReadOnlyList<FakeLogRecord> Logged(int eventId) =>
        [.. Get<FakeLogCollector>().GetSnapshot().Where(record => record.Id.Id == eventId)];

    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(40), "It did not happen in time.");
            await Task.Delay(5);
        }
    }

    /// <summary>Ends the connection that listens, as an administrator or a network would.</summary>
    public static async Task<int> EndListenersAsync(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'", connection);
        return (int)(long)(await command.ExecuteScalarAsync())!;
    }

    public T Get<T>()
        where T : notnull =>
        _host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}

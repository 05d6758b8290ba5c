using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

/// <summary>What holds however many tokens there are.</summary>
public sealed class ManyTokensTests(PostgresServer server) : IAsyncLifetime
{
    private const int Count = 100_000;

    private static readonly DateTimeOffset Now = TestTokens.Start;

    private static readonly PersonalAccessTokenRetention Retention =
        new(TestTokens.At(Now), TimeSpan.FromDays(90), TimeSpan.FromDays(7));

    private readonly StatementLog _log = new();
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;

    private IPersonalAccessTokenStore Store => _services.GetRequiredService<IPersonalAccessTokenStore>();

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _services = await StoreServices.CreateAsync<PersonalAccessTokenDbContext>(
            services => services
                .AddSingleton<TimeProvider>(new FakeTimeProvider(Now))
                .AddPooledDbContextFactory<PersonalAccessTokenDbContext>(options =>
                {
                    _database.Configure(options);
                    options.AddInterceptors(_log);
                }),
            builder => builder.UsePostgreSql());
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_flush_of_ten_thousand_uses_is_ten_statements_and_heap_only_after_a_vacuum()
    {
        await SeedAsync("NULL");
        await ExecuteAsync("""VACUUM "PersonalAccessTokens" """);
        var tokens = await TakeEachTenthAsync();
        var recorder = _services.GetRequiredService<UsageRecorder>();
        tokens.ForEach(id => recorder.Record(new PersonalAccessTokenUse(id, Now, "192.0.2.0/24")));
        _log.Clear();

        await _services.GetRequiredService<UsageWriter>().FlushAsync(default);

        Assert.Equal((10_000, 10, 0), (tokens.Count, _log.Statements.Count, recorder.Count));
        Assert.Equal(10_000, await ScalarAsync($"""SELECT count(*)::int AS "Value" FROM "PersonalAccessTokens" WHERE "LastUsedAt" = '{Now:O}'"""));
        Assert.InRange(await HeapOnlyShareAsync(updates: 10_000), 0.95, 1);
    }

    [Fact]
    public async Task Row_25_two_nodes_clean_a_hundred_thousand_tokens_together_in_bounded_batches()
    {
        // Nine of ten may go; the tenth stays.
        await SeedAsync($"CASE WHEN n % 10 = 0 THEN NULL ELSE timestamptz '{Now.AddDays(-91):O}' END");
        _log.Clear();

        var removed = await Task.WhenAll(Task.Run(CleanAsync), Task.Run(CleanAsync));

        Assert.Equal(90_000, removed.Sum(node => node.Removed));
        Assert.Equal(10_000, await ScalarAsync("""SELECT count(*)::int AS "Value" FROM "PersonalAccessTokens" """));

        // At most 90 batches find their thousand; any other one gets past 10,000 rows.
        Assert.All(removed, node => Assert.InRange(node.Batches, 1, 101));
    }

    private async Task<(int Removed, int Batches)> CleanAsync()
    {
        var (total, batches) = (0, 0);
        string? position = null;
        do
        {
            var batch = await Store.RemoveAsync(Retention, 1_000, position, default);
            Assert.InRange(batch.Removed, 0, 1_000);
            total += batch.Removed;
            batches++;
            position = batch.Position;
        }
        while (position is not null);

        return (total, batches);
    }

    private Task SeedAsync(string revokedAt) => ExecuteAsync(
        $$"""
        INSERT INTO "PersonalAccessTokens" (
            "Id", "OwnerId", "Name", "Scopes", "SecretHash", "SecretTag", "SecretCreatedAt", "CreatedAt", "UpdatedAt", "RevokedAt", "Version")
        SELECT gen_random_uuid(), 'owner ' || n % 1000, 'token ' || n, ARRAY['read', 'write'], repeat('h', 120), '\x0102030405060708',
            '{{Now:O}}', '{{Now:O}}', '{{Now:O}}', {{revokedAt}}, 1
        FROM generate_series(1, {{Count}}) AS n
        """);

    /// <summary>Spread over the pages of the table as uses are over tokens: two or three to a page.</summary>
    private async Task<List<Guid>> TakeEachTenthAsync()
    {
        await using var context = await CreateContextAsync();
        return await context.Database.SqlQueryRaw<Guid>(
            """
            SELECT "Id" AS "Value" FROM (SELECT "Id", row_number() OVER (ORDER BY ctid) AS place FROM "PersonalAccessTokens") AS t
            WHERE place % 10 = 0
            """).ToListAsync();
    }

    private async Task<double> HeapOnlyShareAsync(int updates)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            await using var context = await CreateContextAsync();
            var counted = await context.Database.SqlQueryRaw<long>(
                """
                SELECT unnest(ARRAY[n_tup_upd, n_tup_hot_upd]) AS "Value" FROM pg_stat_user_tables
                WHERE relname = 'PersonalAccessTokens'
                """).ToListAsync();
            if (counted[0] >= updates)
            {
                return (double)counted[1] / counted[0];
            }

            // The server counts with some delay.
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), $"{counted[0]} updates were counted.");
            await Task.Delay(50);
        }
    }

    private async Task<int> ScalarAsync(string sql)
    {
        await using var context = await CreateContextAsync();
        return (await context.Database.SqlQueryRaw<int>(sql).ToListAsync()).Single();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var context = await CreateContextAsync();
        await context.Database.ExecuteSqlRawAsync(sql);
    }

    private Task<PersonalAccessTokenDbContext> CreateContextAsync() =>
        _services.GetRequiredService<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync();
}

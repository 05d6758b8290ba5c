using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Pat.EntityFrameworkCore;
using Xunit;

namespace Pat.TestSupport;

/// <summary>Tests on a table of a hundred thousand tokens on PostgreSQL.</summary>
public abstract class ManyTokens(PostgresServer server) : IAsyncLifetime
{
    private const int Count = 100_000;

    protected static readonly DateTimeOffset Now = SampleTokens.Start;

    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;

    protected StatementLog Log { get; } = new();

    protected IServiceProvider Services => _services;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _services = await StoreServices.CreateAsync<PersonalAccessTokenDbContext>(
            services => services
                .AddSingleton<TimeProvider>(new FakeTimeProvider(Now))
                .AddPooledDbContextFactory<PersonalAccessTokenDbContext>(options =>
                {
                    _database.Configure(options);
                    options.AddInterceptors(Log);
                }),
            builder => builder.UsePostgreSql());
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    protected Task SeedAsync(string revokedAt) => ExecuteAsync(
        $$"""
        INSERT INTO "PersonalAccessTokens" (
            "Id", "OwnerId", "Name", "Scopes", "SecretHash", "SecretTag", "SecretCreatedAt", "CreatedAt", "UpdatedAt", "RevokedAt", "Version")
        SELECT gen_random_uuid(), 'owner ' || n % 1000, 'token ' || n, ARRAY['read', 'write'], repeat('h', 120), '\x0102030405060708',
            '{{Now:O}}', '{{Now:O}}', '{{Now:O}}', {{revokedAt}}, 1
        FROM generate_series(1, {{Count}}) AS n
        """);

    protected async Task<int> ScalarAsync(string sql)
    {
        await using var context = await CreateContextAsync();
        return (await context.Database.SqlQueryRaw<int>(sql).ToListAsync()).Single();
    }

    protected async Task ExecuteAsync(string sql)
    {
        await using var context = await CreateContextAsync();
        await context.Database.ExecuteSqlRawAsync(sql);
    }

    protected Task<PersonalAccessTokenDbContext> CreateContextAsync() =>
        _services.GetRequiredService<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync();
}

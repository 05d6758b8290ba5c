using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

public sealed class ApplicationContextTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly PersonalAccessTokenLimits Limits = new(50, 100, TimeSpan.FromHours(24));

    private readonly TransientFault _fault = new();
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;

    private IPersonalAccessTokenStore Store => _services.GetRequiredService<IPersonalAccessTokenStore>();

    private static PersonalAccessTokenUsability AtNow => SampleTokens.At(SampleTokens.Start);

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _services = await StoreServices.CreateAsync<NotesDbContext>(
            services => services.AddDbContext<NotesDbContext>(options => options
                .UseNpgsql(_database.ConnectionString, npgsql => npgsql.EnableRetryOnFailure(3, TimeSpan.FromMilliseconds(20), null))
                .AddInterceptors(_fault)),
            builder => builder.UsePostgreSql());
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Tokens_stand_in_the_schema_of_the_application()
    {
        var token = SampleTokens.Create("owner");
        await Store.AddAsync(SampleTokens.Copy(token), Limits, AtNow, default);
        await Store.RecordUseAsync([new(token.Id, SampleTokens.Start, null)], TimeSpan.Zero, default);

        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""SELECT "LastUsedAt" FROM acme."PersonalAccessTokens" """, connection);
        Assert.Equal(SampleTokens.Start.UtcDateTime, await command.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_creation_whose_commit_fails_for_a_moment_is_done_once(bool commitArrives)
    {
        var token = SampleTokens.Create("owner");
        _fault.FailNextCommit(commitArrives);

        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.AddAsync(SampleTokens.Copy(token), Limits, AtNow, default));

        Assert.True(_fault.HasFailed);
        Assert.Single(await Store.FindAsync([token.Id], default));
        Assert.Equal(1, await SecretsMadeAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rotation_whose_commit_fails_for_a_moment_is_done_once(bool commitArrives)
    {
        var token = SampleTokens.Create("owner");
        await Store.AddAsync(SampleTokens.Copy(token), Limits, AtNow, default);
        var rotated = SampleTokens.Copy(token, rotated => (rotated.SecretHash, rotated.Version) = ("rotated", 2));
        _fault.FailNextCommit(commitArrives);

        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.RotateAsync(rotated, Limits, AtNow, default));

        Assert.True(_fault.HasFailed);
        Assert.Equal(2, Assert.Single(await Store.FindAsync([token.Id], default)).Version);
        Assert.Equal(2, await SecretsMadeAsync());
    }

    private async Task<int> SecretsMadeAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<NotesDbContext>();
        return await context.Set<PersonalAccessTokenOwnerQuota>().Select(quota => quota.SecretsMade).SingleAsync();
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

public sealed class SetBasedWriteTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = SampleTokens.Start;

    private static readonly PersonalAccessTokenRetention Retention =
        new(SampleTokens.At(Now), TimeSpan.FromDays(90), TimeSpan.FromDays(7));

    private readonly StatementLog _log = new();
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;

    private IPersonalAccessTokenStore Store => _services.GetRequiredService<IPersonalAccessTokenStore>();

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _services = await StoreServices.CreateAsync<OddlyNamedDbContext>(
            services => services.AddPooledDbContextFactory<OddlyNamedDbContext>(options =>
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
    public async Task A_thousand_uses_are_one_statement()
    {
        var tokens = await SeedAsync(1_000);
        _log.Clear();

        await Store.RecordUseAsync([.. tokens.Select(token => new PersonalAccessTokenUse(token.Id, Now, "192.0.2.0/24"))], TimeSpan.Zero, default);

        Assert.Single(_log.Statements);
        var stored = await Store.FindAsync([.. tokens.Select(token => token.Id)], default);
        Assert.Equal(1_000, stored.Count);
        Assert.All(stored, token => Assert.Equal((Now, "192.0.2.0/24"), (token.LastUsedAt, token.LastUsedAddress)));
    }

    [Fact]
    public async Task A_batch_of_the_clean_up_finds_its_window_and_deletes_in_it()
    {
        await SeedAsync(1_500, token => token.RevokedAt = Now.AddDays(-91));
        _log.Clear();

        var first = await Store.RemoveAsync(Retention, 1_000, null, default);
        Assert.Equal(1_000, first.Removed);
        Assert.Equal(2, _log.Statements.Count);

        // The last one looks at what was counted of owners, of which there is nothing.
        Assert.Equal(new(500, null), await Store.RemoveAsync(Retention, 1_000, first.Position, default));
        Assert.Equal(6, _log.Statements.Count);
    }

    [Fact]
    public async Task A_thousand_tokens_are_found_by_one_statement_whose_text_does_not_depend_on_how_many()
    {
        var tokens = await SeedAsync(1_000);
        _log.Clear();

        Assert.Equal(1_000, (await Store.FindAsync([.. tokens.Select(token => token.Id)], default)).Count);
        Assert.Equal(3, (await Store.FindAsync([.. tokens.Take(3).Select(token => token.Id)], default)).Count);

        Assert.Equal(2, _log.Statements.Count);
        Assert.Single(_log.Statements.Distinct());
    }

    [Fact]
    public async Task A_row_that_someone_holds_is_skipped_by_uses_and_clean_up_and_the_others_are_written()
    {
        var tokens = await SeedAsync(3, token => token.CreatedAt = Now.AddDays(-400));
        await using var context = await CreateContextAsync();
        await using (await context.Database.BeginTransactionAsync())
        {
            await context.Set<PersonalAccessToken>().Where(token => token.Id == tokens[1].Id)
                .ExecuteUpdateAsync(set => set.SetProperty(token => token.Name, "held"));

            var outcomes = await Store.RecordUseAsync(
                [.. tokens.Take(2).Select(token => new PersonalAccessTokenUse(token.Id, Now, null))], TimeSpan.Zero, default);
            Assert.Equal(
                (PersonalAccessTokenUseOutcome.Written, PersonalAccessTokenUseOutcome.Busy),
                (outcomes[tokens[0].Id], outcomes[tokens[1].Id]));
            Assert.Equal(new(1, null), await Store.RemoveAsync(Retention, 10, null, default));
        }

        var left = await Store.FindAsync([.. tokens.Select(token => token.Id)], default);
        Assert.Equal(
            new Dictionary<Guid, DateTimeOffset?> { [tokens[0].Id] = Now, [tokens[1].Id] = null },
            left.ToDictionary(token => token.Id, token => token.LastUsedAt));
    }

    [Fact]
    public async Task Everything_works_on_tables_whose_names_need_quoting()
    {
        var limits = new PersonalAccessTokenLimits(50, 100, TimeSpan.FromHours(24));
        var token = SampleTokens.Create("owner");

        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.AddAsync(SampleTokens.Copy(token), limits, SampleTokens.At(Now), default));
        await Store.RecordUseAsync([new(token.Id, Now, null)], TimeSpan.Zero, default);
        Assert.Equal(Now, Assert.Single(await Store.FindAsync([token.Id], default)).LastUsedAt);
        Assert.Equal(
            new(1, null),
            await Store.RemoveAsync(new(SampleTokens.At(Now.AddYears(3)), TimeSpan.Zero, TimeSpan.Zero), 10, null, default));
        await using var context = await CreateContextAsync();
        Assert.Equal(0, await context.Set<PersonalAccessTokenOwnerQuota>().CountAsync());
    }

    private Task<OddlyNamedDbContext> CreateContextAsync() =>
        _services.GetRequiredService<IDbContextFactory<OddlyNamedDbContext>>().CreateDbContextAsync();

    private async Task<List<PersonalAccessToken>> SeedAsync(int count, Action<PersonalAccessToken>? change = null)
    {
        var tokens = Enumerable.Range(0, count).Select(_ => SampleTokens.Create("owner", change)).ToList();
        await using var context = await CreateContextAsync();
        context.AddRange(tokens);
        await context.SaveChangesAsync();
        return tokens;
    }
}

using Microsoft.EntityFrameworkCore;

namespace Pat.Security.Tests;

/// <summary>More of <see cref="Row25UnboundedCleanUpTests"/>, for each kind of store.</summary>
public abstract class Row25UnboundedCleanUpInStoresTests(TestStore fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task Row_25_two_cleaners_at_once_remove_ten_thousand_tokens_and_end_without_error()
    {
        await SeedAsync(Enumerable.Range(0, 10_000).Select(i =>
            SampleTokens.Create($"owner {i % 100}", token => token.ExpiresAt = Now.AddDays(-91))));
        var kept = await AddAsync();

        var removed = await Task.WhenAll(
            Task.Run(() => RemoveAllAsync(Retention, 1_000)), Task.Run(() => RemoveAllAsync(Retention, 1_000)));

        Assert.Equal(10_000, removed.Sum());
        await using var context = await Fixture.CreateContextAsync();
        Assert.Equal(kept.Id, Assert.Single(await context.Set<PersonalAccessToken>().ToListAsync()).Id);
    }
}

public sealed class Row25SqliteTests(SqliteFileStore fixture) : Row25UnboundedCleanUpInStoresTests(fixture), IClassFixture<SqliteFileStore>;

public sealed class Row25GenericPostgresTests(GenericPostgresStore fixture) : Row25UnboundedCleanUpInStoresTests(fixture), IClassFixture<GenericPostgresStore>;

public sealed class Row25PostgresTests(PostgresStore fixture) : Row25UnboundedCleanUpInStoresTests(fixture), IClassFixture<PostgresStore>;

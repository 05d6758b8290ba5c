namespace Pat.Security.Tests;

/// <summary>More of <see cref="Row13LastUseStormTests"/>, for each kind of store.</summary>
public abstract class Row13LastUseStormInStoresTests(TestStore fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task Row_13_many_writers_of_the_same_thousand_uses_in_any_order_end_without_error()
    {
        var tokens = Enumerable.Range(0, 1_000).Select(_ => SampleTokens.Create(Owner)).ToArray();
        await SeedAsync(tokens);

        using var limit = new CancellationTokenSource(TestDeadline.Limit);
        await Task.WhenAll(Enumerable.Range(1, 4).Select(writer => Task.Run(async () =>
        {
            var uses = tokens.Select(token => new PersonalAccessTokenUse(token.Id, Now.AddSeconds(writer), null)).ToArray();
            new Random(writer).Shuffle(uses);
            while (uses.Length > 0)
            {
                var outcomes = await Store.RecordUseAsync(uses, TimeSpan.Zero, limit.Token);
                uses = [.. uses.Where(use => outcomes[use.Id] == PersonalAccessTokenUseOutcome.Busy)];
            }
        })));

        var stored = await Store.FindAsync([.. tokens.Select(token => token.Id)], default);
        Assert.All(stored, token => Assert.Equal(Now.AddSeconds(4), token.LastUsedAt));
    }
}

public sealed class Row13SqliteTests(SqliteFileStore fixture) : Row13LastUseStormInStoresTests(fixture), IClassFixture<SqliteFileStore>;

public sealed class Row13GenericPostgresTests(GenericPostgresStore fixture) : Row13LastUseStormInStoresTests(fixture), IClassFixture<GenericPostgresStore>;

public sealed class Row13PostgresTests(PostgresStore fixture) : Row13LastUseStormInStoresTests(fixture), IClassFixture<PostgresStore>;

namespace Pat.Security.Tests;

/// <summary>More of <see cref="Row26RacedLimitsTests"/>, for each kind of store.</summary>
public abstract class Row26RacedLimitsInStoresTests(TestStore fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task Row_26_Of_many_creations_at_once_exactly_as_many_as_the_limit_of_tokens_are_done()
    {
        var limits = Limits with { UsableTokens = 5 };

        var outcomes = await AddAtOnceAsync(32, limits);

        Assert.Equal(5, outcomes.Count(outcome => outcome == PersonalAccessTokenWriteOutcome.Done));
        Assert.Equal(27, outcomes.Count(outcome => outcome == PersonalAccessTokenWriteOutcome.TooManyTokens));
        Assert.Equal(5, (await Store.ListAsync(new PersonalAccessTokenQuery { OwnerId = Owner }, AtNow, default)).Total);
    }

    [Fact]
    public async Task Row_26_Of_many_creations_at_once_exactly_as_many_as_the_limit_of_secrets_are_done()
    {
        var limits = Limits with { SecretsPerWindow = 7 };

        var outcomes = await AddAtOnceAsync(32, limits);

        Assert.Equal(7, outcomes.Count(outcome => outcome == PersonalAccessTokenWriteOutcome.Done));
        Assert.Equal(25, outcomes.Count(outcome => outcome == PersonalAccessTokenWriteOutcome.TooManySecrets));
    }
}

public sealed class Row26SqliteTests(SqliteFileStore fixture) : Row26RacedLimitsInStoresTests(fixture), IClassFixture<SqliteFileStore>;

public sealed class Row26GenericPostgresTests(GenericPostgresStore fixture) : Row26RacedLimitsInStoresTests(fixture), IClassFixture<GenericPostgresStore>;

public sealed class Row26PostgresTests(PostgresStore fixture) : Row26RacedLimitsInStoresTests(fixture), IClassFixture<PostgresStore>;

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.Tests;

/// <summary>Uses beside somebody who keeps a database of one writer to himself.</summary>
public sealed class LockedDatabaseTests(SqliteFileStore fixture) : IClassFixture<SqliteFileStore>
{
    [Fact]
    public async Task Uses_wait_for_the_lock_a_moment_and_are_busy_then_and_written_later()
    {
        var uses = await SeedAsync(250);

        await using (var other = new SqliteConnection(fixture.Database.ConnectionString))
        {
            await other.OpenAsync();
            await using (await other.BeginTransactionAsync())
            {
                // The other one keeps it for as long as he likes. Other statements wait thirty seconds for him: it is less that uses do.
                var outcomes = await Task.Run(() => fixture.Store.RecordUseAsync(uses, TimeSpan.Zero, default))
                    .WaitAsync(TimeSpan.FromSeconds(20));

                Assert.Equal(250, outcomes.Count);
                Assert.All(outcomes.Values, outcome => Assert.Equal(PersonalAccessTokenUseOutcome.Busy, outcome));
            }
        }

        Assert.All(
            (await fixture.Store.RecordUseAsync(uses, TimeSpan.Zero, default)).Values,
            outcome => Assert.Equal(PersonalAccessTokenUseOutcome.Written, outcome));
    }

    [Fact]
    public async Task The_short_wait_of_uses_is_no_other_statements()
    {
        await fixture.Store.RecordUseAsync(await SeedAsync(1), TimeSpan.Zero, default);

        await using var context = await fixture.CreateContextAsync();
        Assert.Null(context.Database.GetCommandTimeout());
    }

    private async Task<PersonalAccessTokenUse[]> SeedAsync(int count)
    {
        var tokens = Enumerable.Range(0, count).Select(_ => SampleTokens.Create("owner")).ToList();
        await using var context = await fixture.CreateContextAsync();
        context.AddRange(tokens);
        await context.SaveChangesAsync();
        return [.. tokens.Select(token => new PersonalAccessTokenUse(token.Id, SampleTokens.Start, null))];
    }
}

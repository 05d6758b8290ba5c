using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

/// <summary>What holds however many tokens there are.</summary>
public sealed class ManyTokensTests(PostgresServer server) : ManyTokens(server)
{
    [Fact]
    public async Task A_flush_of_ten_thousand_uses_is_ten_statements_and_heap_only_after_a_vacuum()
    {
        await SeedAsync("NULL");
        await ExecuteAsync("""VACUUM "PersonalAccessTokens" """);
        var tokens = await TakeEachTenthAsync();
        var recorder = Services.GetRequiredService<UsageRecorder>();
        tokens.ForEach(id => recorder.Record(new PersonalAccessTokenUse(id, Now, "192.0.2.0/24")));
        Log.Clear();

        await Services.GetRequiredService<UsageWriter>().FlushAsync(default);

        Assert.Equal((10_000, 10, 0), (tokens.Count, Log.Statements.Count, recorder.Count));
        Assert.Equal(10_000, await ScalarAsync($"""SELECT count(*)::int AS "Value" FROM "PersonalAccessTokens" WHERE "LastUsedAt" = '{Now:O}'"""));
        Assert.InRange(await HeapOnlyShareAsync(updates: 10_000), 0.95, 1);
    }

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
        // The server counts with some delay.
        List<long> counted = [];
        await Eventually.TrueAsync(async () =>
        {
            await using var context = await CreateContextAsync();
            counted = await context.Database.SqlQueryRaw<long>(
                """
                SELECT unnest(ARRAY[n_tup_upd, n_tup_hot_upd]) AS "Value" FROM pg_stat_user_tables
                WHERE relname = 'PersonalAccessTokens'
                """).ToListAsync();
            return counted[0] >= updates;
        });
        return (double)counted[1] / counted[0];
    }
}

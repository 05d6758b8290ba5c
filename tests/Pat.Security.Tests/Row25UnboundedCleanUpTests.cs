using Microsoft.Extensions.DependencyInjection;

namespace Pat.Security.Tests;

/// <summary>
/// Row 25. The clean-up looped or deadlocked (IdentityServer4 #4492, Duende #713). It removes a bounded number of rows a statement, walks
/// on by a position and skips rows that another node holds, so that any number of nodes end together.
/// </summary>
/// <remarks>
/// Also <see cref="Row25UnboundedCleanUpInStoresTests"/>. Further evidence: CleanUpTests with two processes (Pat.History.Tests).
/// </remarks>
public sealed class Row25UnboundedCleanUpTests(PostgresServer server) : ManyTokens(server)
{
    [Fact]
    public async Task Row_25_two_nodes_clean_a_hundred_thousand_tokens_together_in_bounded_batches()
    {
        // Nine of ten may go; the tenth stays.
        await SeedAsync($"CASE WHEN n % 10 = 0 THEN NULL ELSE timestamptz '{Now.AddDays(-91):O}' END");
        Log.Clear();

        var removed = await Task.WhenAll(Task.Run(CleanAsync), Task.Run(CleanAsync));

        Assert.Equal(90_000, removed.Sum(node => node.Removed));
        Assert.Equal(10_000, await ScalarAsync("""SELECT count(*)::int AS "Value" FROM "PersonalAccessTokens" """));

        // At most 90 batches find their thousand; any other one gets past 10,000 rows.
        Assert.All(removed, node => Assert.InRange(node.Batches, 1, 101));
    }

    private static readonly PersonalAccessTokenRetention Retention =
        new(SampleTokens.At(Now), TimeSpan.FromDays(90), TimeSpan.FromDays(7));

    private IPersonalAccessTokenStore Store => Services.GetRequiredService<IPersonalAccessTokenStore>();

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
}

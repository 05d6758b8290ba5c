using Npgsql;
using Pat.TestSupport;

namespace Pat.History.Tests;

public sealed class CleanUpTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const int Count = 100_000;
    private const string Options = "--Authentication:Schemes:PersonalAccessToken";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Row_25_two_processes_clean_a_hundred_thousand_tokens_together()
    {
        await using var database = await server.CreateDatabaseAsync();
        await using var first = await StartAsync(database);
        await using var second = await StartAsync(database);
        await ExecuteAsync(database, $"""
            INSERT INTO "PersonalAccessTokens" ("Id", "OwnerId", "Name", "Scopes", "SecretHash", "SecretTag", "SecretCreatedAt", "CreatedAt", "UpdatedAt", "RevokedAt", "Version")
            SELECT gen_random_uuid(), 'owner', 'old', ARRAY['read'], '', decode('0011223344556677', 'hex'), now(), now(), now(),
                CASE WHEN n % 10 = 0 THEN NULL ELSE now() - interval '91 days' END, 1
            FROM generate_series(1, {Count}) AS n
            """);

        using var limit = new CancellationTokenSource(Deadline);
        while (await CountAsync(database) > Count / 10 || CountRemoved(first) + CountRemoved(second) < Count - (Count / 10))
        {
            // A node says what it removed when it has gone through all.
            await Task.Delay(100, limit.Token);
        }

        await first.StopAsync();
        await second.StopAsync();
        Assert.Equal(Count / 10, await CountAsync(database));
        Assert.Equal(Count - (Count / 10), CountRemoved(first) + CountRemoved(second));
        Assert.All([first, second], static node => Assert.DoesNotContain("[400]", node.Output, StringComparison.Ordinal));
    }

    private static Task<RunningTaskApi> StartAsync(TestDatabase database) =>
        RunningTaskApi.StartAsync(database, $"{Options}:CleanupInterval=00:00:01");

    /// <summary>By what it has logged.</summary>
    private static int CountRemoved(RunningTaskApi node) => node.Output.Split("Clean-up removed ")[1..]
        .Sum(static text => int.Parse(text[..text.IndexOf(' ', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture));

    private static async Task<int> CountAsync(TestDatabase database) =>
        (int)(long)(await ExecuteAsync(database, """SELECT count(*) FROM "PersonalAccessTokens" """))!;

    private static async Task<object?> ExecuteAsync(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}

using System.Net.Http.Json;
using System.Text.Json;
using Pat.TestSupport;

namespace TaskApi.Tests;

public sealed class StartTests(PostgresServer server)
{
    [Fact]
    public async Task Copies_that_start_at_once_on_an_empty_database_make_its_schema_once()
    {
        await using var database = await server.CreateDatabaseAsync();

        var copies = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunningTaskApi.StartAsync(database)));
        try
        {
            foreach (var copy in copies)
            {
                var alice = new Caller(copy.CreateClient(), "alice@example.com");
                await alice.SignInAsync();
                var tasks = await alice.Http.GetFromJsonAsync<JsonElement>("/api/tasks");
                Assert.Equal(3, tasks.GetProperty("count").GetInt32());
            }
        }
        finally
        {
            await Task.WhenAll(copies.Select(copy => copy.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task A_second_start_on_the_same_database_changes_nothing()
    {
        await using var database = TestDatabase.SqliteFile();
        await using (await RunningTaskApi.StartAsync(database))
        {
        }

        await using var application = await RunningTaskApi.StartAsync(database);
        var alice = new Caller(application.CreateClient(), "alice@example.com");
        await alice.SignInAsync();

        Assert.Equal(3, (await alice.Http.GetFromJsonAsync<JsonElement>("/api/tasks")).GetProperty("count").GetInt32());
    }
}

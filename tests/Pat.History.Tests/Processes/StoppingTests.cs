using System.Net;
using Pat.TestSupport;

namespace Pat.History.Tests;

public sealed class StoppingTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const int Tokens = 5;
    private const string Options = "--Authentication:Schemes:PersonalAccessToken";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Row_14_a_process_stopped_under_load_without_its_database_ends_in_time_and_says_what_it_lost()
    {
        await using var database = await server.CreateDatabaseAsync();
        var controlFile = Path.GetTempFileName();
        await using var node = await RunningTaskApi.StartAsync(
            RunningTaskApi.DefaultProgram,
            [
                "--Database:Provider=PostgreSQL", $"--ConnectionStrings:Default={database.ConnectionString}",
                $"{Options}:MaxStaleness=00:01:00", $"{Options}:UsageResolution=00:00:00", $"{Options}:UsageFlushInterval=00:10:00",
            ],
            NodeHook.Environment(controlFile));
        var owner = new Caller(node.CreateClient(), "owner@example.com");
        await owner.RegisterAsync();
        await owner.SignInAsync();
        var values = new List<string>();
        for (var count = 0; count < Tokens; count++)
        {
            values.Add(await owner.CreateTokenValueAsync("read"));
        }

        // From now on it needs no database for them.
        using (var script = node.CreateClient())
        {
            foreach (var value in values)
            {
                Assert.Equal(HttpStatusCode.OK, (await script.ListTasksAsync(value)).StatusCode);
            }
        }

        using var over = new CancellationTokenSource();
        var load = values.Select(value => PresentAsync(node, value, over.Token)).ToList();
        await using (await server.ShutOutAsync(database))
        {
            await node.StopAsync().WaitAsync(Limit);
            await over.CancelAsync();
            var accepted = await Task.WhenAll(load);

            Assert.All(accepted, static count => Assert.NotEqual(0, count));
        }

        // Its last uses could not be written: each token had some.
        Assert.Contains("[411]", node.Output, StringComparison.Ordinal);
        Assert.Contains($"{Tokens} last uses were lost", node.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("pat-history unobserved", node.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", node.Output, StringComparison.Ordinal);
        File.Delete(controlFile);
    }

    /// <summary>Presents a token until nobody answers any more; how often it was accepted.</summary>
    private static async Task<int> PresentAsync(RunningTaskApi node, string value, CancellationToken over)
    {
        using var script = node.CreateClient();
        script.DefaultRequestHeaders.Add("X-Pat-History", "1");
        var accepted = 0;
        while (!over.IsCancellationRequested)
        {
            try
            {
                using var response = await script.ListTasksAsync(value);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                accepted++;
            }
            catch (HttpRequestException)
            {
                return accepted;
            }
        }

        return accepted;
    }
}

using System.Net;
using Pat;
using Pat.TestSupport;

namespace TaskApi.Tests;

/// <summary>What a whole run writes at the most talkative level: Row 22 of the known failures.</summary>
public sealed class LogTests(PostgresServer server)
{
    private static readonly string[] Everything =
    [
        "--Logging:LogLevel:Default=Trace",
        "--Logging:LogLevel:Microsoft.AspNetCore=Trace",
        "--Logging:LogLevel:Microsoft.EntityFrameworkCore=Trace",
        "--Database:SensitiveDataLogging=true",
    ];

    [Fact]
    public async Task Row_22_No_secret_is_written_on_SQLite()
    {
        await using var database = TestDatabase.SqliteFile();
        await AssertWritesNoSecretAsync(database);
    }

    [Fact]
    public async Task Row_22_No_secret_is_written_on_PostgreSQL()
    {
        await using var database = await server.CreateDatabaseAsync();
        await AssertWritesNoSecretAsync(database);
    }

    private static async Task AssertWritesNoSecretAsync(TestDatabase database)
    {
        await using var application = await RunningTaskApi.StartAsync(database, Everything);
        var secrets = await UseTokensAsync(application);
        await application.StopAsync();
        var output = application.Output;

        // The logs are as talkative as they can be, or the rest would say nothing.
        Assert.Contains("Executed DbCommand", output, StringComparison.Ordinal);
        Assert.Contains("My script", output, StringComparison.Ordinal);
        Assert.Contains("trce: ", output, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, output, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The life of tokens, good and bad.</summary>
    /// <returns>What nobody may read afterwards: parts of secrets, and the password.</returns>
    private static async Task<IReadOnlyList<string>> UseTokensAsync(RunningTaskApi application)
    {
        var owner = new Caller(application.CreateClient(), "alice@example.com");
        await owner.SignInAsync();
        var token = await owner.CreateTokenAsync("read");
        var value = token.GetProperty("token").GetString()!;
        Assert.True(PersonalAccessTokenFormat.TryParse(value, out var parts));
        var wrong = PersonalAccessTokenFormat.Create("task_pat", parts.Id);
        var script = application.CreateClient();

        Assert.Equal(HttpStatusCode.OK, (await script.ListTasksAsync(value)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await script.CreateTaskAsync(value, "Dust")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await script.ListTasksAsync(wrong)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await script.ListTasksAsync(value + "x")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.RevokeAsync(token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await script.ListTasksAsync(value)).StatusCode);

        return [.. Tail(value), .. Tail(wrong), Caller.Password];

        // Secret and checksum in three parts, for a log that shortens what it shows.
        static string[] Tail(string token) => [token[^49..^33], token[^33..^16], token[^16..]];
    }
}

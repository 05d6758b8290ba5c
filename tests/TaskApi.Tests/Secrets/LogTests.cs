using System.Net;
using Pat;
using Pat.Secrets.Capture;
using Pat.Secrets.Scan;
using Pat.TestSupport;

namespace TaskApi.Tests;

/// <summary>
/// What a whole run gives away to those who keep its logs, traces, metrics and exceptions, all of them at their most
/// talkative: Row 22 of the known failures. tests/secrets.sh asks the same of the whole suite.
/// </summary>
public sealed class LogTests(PostgresServer server) : IDisposable
{
    private static readonly string[] Everything =
    [
        "--Logging:LogLevel:Default=Trace",
        "--Logging:LogLevel:Microsoft.AspNetCore=Trace",
        "--Logging:LogLevel:Microsoft.EntityFrameworkCore=Trace",
        "--Database:SensitiveDataLogging=true",
    ];

    private readonly DirectoryInfo _captured = Directory.CreateTempSubdirectory("pat-captured-");

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

    public void Dispose() => _captured.Delete(recursive: true);

    private async Task AssertWritesNoSecretAsync(TestDatabase database)
    {
        await using var application = await RunningTaskApi.StartAsync(
            RunningTaskApi.DefaultProgram,
            [$"--Database:Provider={database.Provider}", $"--ConnectionStrings:Default={database.ConnectionString}", .. Everything],
            new Dictionary<string, string>
            {
                [Recording.DirectoryVariable] = _captured.FullName,
                ["DOTNET_STARTUP_HOOKS"] = typeof(Recording).Assembly.Location,
            });
        var secrets = await UseTokensAsync(application);
        var notes = _captured.CreateSubdirectory(CapturedRun.SecretsFolder);
        await File.WriteAllLinesAsync(Path.Combine(notes.FullName, "made.txt"), secrets);

        Assert.Empty(new CapturedRun(_captured.FullName).Scan());

        // It was heard in all the ways there are, or the rest would say nothing.
        var heard = await File.ReadAllTextAsync(Assert.Single(_captured.GetFiles()).FullName);
        string[] expected =
        [
            "log: Microsoft.EntityFrameworkCore.Database.Command Executed DbCommand",
            "log arguments: Pat.",
            "output: trce: ",
            "My script",
            "activity: Microsoft.AspNetCore",
            "activity: Pat pat.verify",
            "metric: Pat pat.authentication.duration",
            "exception: ",
            "refusal: 401 {\"type\"",
            "answer: 401 ",
        ];
        Assert.All(expected, words => Assert.Contains(words, heard, StringComparison.Ordinal));
        Assert.DoesNotContain(Caller.Password, heard, StringComparison.Ordinal);

        // A token where none belongs is written by ASP.NET Core itself, and found.
        var planted = PersonalAccessTokenFormat.Create("task_pat", Guid.AllBitsSet);
        await application.CreateClient().GetAsync(new Uri($"/api/tasks?access_token={planted}", UriKind.Relative));
        Assert.NotEmpty(new CapturedRun(_captured.FullName).Scan());
    }

    /// <summary>The life of tokens, good and bad.</summary>
    /// <returns>Those whose secrets nobody may read afterwards.</returns>
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

        return [value, wrong];
    }
}

using System.Diagnostics;
using System.Globalization;
using Pat.TestSupport;

namespace Pat.Fuzz;

/// <summary>Lives of tokens, drawn at random, on a real database and in a model beside it.</summary>
internal static class ManagerRun
{
    private const int LongForm = 100_000;

    /// <summary>Without any step that comes to the least frequent outcome, less than once in a million runs.</summary>
    private const int MostSteps = 20_000;

    public static readonly string[] Stores = ["sqlite", "postgresql"];

    public static async Task<int> RunAsync(FuzzSettings settings, TextWriter output)
    {
        await using var server = new PostgresServer();
        await using var database = settings.Store == "postgresql" ? await server.CreateDatabaseAsync() : TestDatabase.SqliteMemory();
        var started = Stopwatch.GetTimestamp();
        var steps = settings.Executions ?? LongForm;
        var run = new ManagerSample(database, steps, Math.Max(steps, MostSteps), Step.Any);
        var fault = await run.SampleAsync(settings.Case);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"manager on {settings.Store}: {run.Steps:N0} steps in {run.Lives:N0} lives, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));
        foreach (var (outcome, count) in run.Outcomes.OrderBy(outcome => outcome.Key, StringComparer.Ordinal))
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {count,8:N0}  {outcome}"));
        }

        if (fault is not null)
        {
            await output.WriteLineAsync($"  {fault}");
        }

        return fault is null ? 0 : 1;
    }
}

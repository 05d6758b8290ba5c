using Pat.TestSupport;

namespace Pat.Fuzz.Tests;

/// <summary>The corpus, and a few seconds of what the long forms do.</summary>
/// <remarks>What a request over HTTP allocates is measured of the whole process, so nothing else runs beside it.</remarks>
[Collection("Fuzzing")]
public sealed class FuzzTests
{
    [Theory]
    [InlineData("token", 30_000)]
    [InlineData("phc", 30_000)]
    [InlineData("header", 20_000)]
    [InlineData("json", 8_000)]
    [InlineData("query", 10_000)]
    [InlineData("api-json", 150)]
    [InlineData("api-query", 300)]
    public async Task Whatever_is_read_does_as_the_manual_says_within_its_bounds(string target, int executions)
    {
        using var output = new StringWriter();

        var result = await InstrumentedContext.RunAsync([target, "--executions", $"{executions}", "--seed", "1"], output);

        Assert.True(result == 0, output.ToString());
    }

    [Theory]
    [InlineData("sqlite", 400)]
    [InlineData("postgresql", 300)]
    public async Task The_manager_does_what_its_model_does(string store, int steps)
    {
        using var output = new StringWriter();

        var result = await ManagerRun.RunAsync(new FuzzSettings("manager") { Store = store, Executions = steps }, output);

        Assert.True(result == 0, output.ToString());
    }

    [Fact]
    public async Task What_no_step_came_to_is_a_problem()
    {
        await using var database = TestDatabase.SqliteMemory();
        var run = new ManagerSample(database, steps: 400, mostSteps: 800, Step.Without(StepKind.Wait));

        var problem = await run.SampleAsync(failedCase: null);

        // Where no time goes by, nothing expires.
        Assert.StartsWith("No step came to: ", problem, StringComparison.Ordinal);
        Assert.Contains("Present Expired", problem, StringComparison.Ordinal);
        Assert.InRange(run.Steps, 800, 1_000);
    }
}

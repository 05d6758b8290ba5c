namespace Pat.History.Tests;

/// <summary>
/// The quick form of the history checker: several processes on one PostgreSQL under load, while things break. The long form is
/// <c>dotnet run -c Release --project tests/Pat.History -- run</c>. Rows 8, 10, 14, 25, 30 and 34 of the known failures, across processes.
/// </summary>
public sealed class QuickRunTests(ITestOutputHelper output)
{
    private static readonly RunSettings Quick = new()
    {
        Duration = TimeSpan.FromSeconds(30),
        MaxStaleness = TimeSpan.FromSeconds(2),
        Repeats = 1,
        PresentationsPerSecond = 400,
        RevocationsPerSecond = 5,
        WaitsForDisk = false,
    };

    [Fact]
    public async Task Nodes_that_hear_of_each_other_by_PostgreSQL_keep_every_promise() =>
        await KeepsEveryPromiseAsync(Quick with { Faults = ["PostgreSQL restarted", "network cut", FaultWindow.Stopped] });

    [Fact]
    public async Task Nodes_that_hear_of_each_other_by_Redis_keep_every_promise() =>
        await KeepsEveryPromiseAsync(Quick with
        {
            Feed = FeedKind.Redis,
            Faults = ["Redis restarted", "node killed after a commit", "clock five minutes off"],
        });

    private async Task KeepsEveryPromiseAsync(RunSettings settings)
    {
        var report = await HistoryRun.RunAsync(settings, TextWriter.Null);

        output.WriteLine(report.Text);
        Assert.True(report.Violations.Count == 0, report.Text);
        Assert.All(settings.Faults!, fault => Assert.Equal(1, report.Coverage.Faults[fault]));
        Assert.True(report.Coverage.RevocationsInUse > 20, report.Text);
    }
}

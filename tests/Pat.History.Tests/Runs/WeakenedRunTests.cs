namespace Pat.History.Tests;

/// <summary>A checker that can't fail proves nothing: a build that goes without one of its defences is caught in a live run.</summary>
public sealed class WeakenedRunTests(WeakenedBuildFixture build)
{
    private static readonly RunSettings Calm = new()
    {
        Nodes = 3,
        Duration = TimeSpan.FromSeconds(8),
        Repeats = 1,
        Faults = [],
        PresentationsPerSecond = 400,
    };

    [Theory]
    [InlineData("counters")]
    [InlineData("invalidation")]
    public async Task Without_a_nodes_own_changes_counting_at_once_it_is_caught(string without) =>
        await IsCaughtAsync("a, same node", Calm with { Without = without });

    [Fact]
    public async Task Without_the_bound_it_is_caught_where_a_node_can_not_read() =>
        await IsCaughtAsync("b, bound", Calm with
        {
            Without = "bound",
            MaxStaleness = TimeSpan.FromSeconds(1),
            Faults = ["network cut"],
            LongFault = TimeSpan.FromSeconds(5),
        });

    [Fact]
    public async Task Without_reading_again_after_a_reconnect_it_is_caught_where_changes_were_missed() =>
        await IsCaughtAsync("d, reconnect", Calm with
        {
            Without = "reconnect",
            MaxStaleness = TimeSpan.FromSeconds(60),
            Faults = ["network cut"],
            LongFault = TimeSpan.FromSeconds(4),
        });

    private async Task IsCaughtAsync(string rule, RunSettings settings)
    {
        var weakened = await build.GetAsync();

        var report = await HistoryRun.RunAsync(settings with { Program = weakened.Program }, TextWriter.Null);

        Assert.True(report.Violations.Any(violation => violation.Rule == rule), report.Text);
    }
}

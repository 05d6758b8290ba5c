namespace Pat.History.Tests;

public sealed class RunCoverageTests
{
    [Fact]
    public void A_revocation_counts_where_every_node_had_accepted_the_token_in_the_second_before() =>
        Assert.Equal(1, RevocationsInUse(new DoctoredRun()
            .Present(node: 0, 3.5, 4)
            .Present(node: 1, 4.5, 5)
            .Revoke(node: 0, 5, 6)));

    [Theory]
    [InlineData(3.999)]
    [InlineData(5.001)]
    public void It_does_not_where_that_was_too_early_or_too_late_on_one_of_them(double acceptedAt) =>
        Assert.Equal(0, RevocationsInUse(new DoctoredRun()
            .Present(node: 0, 3.5, 4.5)
            .Present(node: 1, 3.5, acceptedAt)
            .Revoke(node: 0, 5, 6)));

    [Fact]
    public void It_does_not_where_one_refused_it() =>
        Assert.Equal(0, RevocationsInUse(new DoctoredRun()
            .Present(node: 0, 3.5, 4.5)
            .Present(node: 0, 3.5, 4.6)
            .Present(node: 1, 3.5, 4.5, status: 401)
            .Revoke(node: 0, 5, 6)));

    [Fact]
    public void It_does_not_where_it_was_not_acknowledged() =>
        Assert.Equal(0, RevocationsInUse(new DoctoredRun()
            .Present(node: 0, 3.5, 4.5)
            .Present(node: 1, 3.5, 4.5)
            .Revoke(node: 0, 5, 6, status: 503)));

    [Fact]
    public void A_token_is_revoked_once() =>
        Assert.Equal(1, RevocationsInUse(new DoctoredRun()
            .Present(node: 0, 3.5, 4.5)
            .Present(node: 1, 3.5, 4.5)
            .Revoke(node: 0, 5, 6)
            .Revoke(node: 1, 5.1, 6)));

    [Fact]
    public void Faults_are_counted_by_name() =>
        Assert.Equal(
            new Dictionary<string, int> { ["network cut"] = 2, [FaultWindow.Stopped] = 1 },
            Of(new DoctoredRun().Fault(1, 2).Fault(3, 4, node: 1, FaultWindow.Stopped).Fault(5, 6, node: 0)).Faults);

    [Fact]
    public void Requests_are_what_nodes_were_sent() =>
        Assert.Equal(2, Of(new DoctoredRun().Present(node: 0, 1, 2).Revoke(node: 1, 3, 4, status: 0).Lock(5, 6)).Requests);

    [Fact]
    public void The_worst_delay_is_that_of_other_nodes()
    {
        var coverage = Of(new DoctoredRun()
            .Revoke(node: 0, 5, 6)
            .Present(node: 1, 7, 7.1)
            .Present(node: 1, 8, 8.1)
            .Present(node: 0, 9, 9.1));

        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.Zero), (coverage.WorstDelay, coverage.WorstDelayOfLock));
    }

    [Fact]
    public void That_of_locks_is_told_by_itself()
    {
        var coverage = Of(new DoctoredRun()
            .Lock(5, 6)
            .Present(node: 1, 9, 9.1));

        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(3)), (coverage.WorstDelay, coverage.WorstDelayOfLock));
    }

    private static int RevocationsInUse(DoctoredRun run) => Of(run).RevocationsInUse;

    private static RunCoverage Of(DoctoredRun run) => RunCoverage.Of(run.History, nodes: 2);
}

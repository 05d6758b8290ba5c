namespace Pat.History.Tests;

public sealed class AvailabilityRuleTests
{
    private static readonly AvailabilityRule Rule = new();

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public void A_request_is_turned_away_when_nothing_is_broken(int status) => AssertCaught(new DoctoredRun()
        .Present(node: 0, 5, 6, status));

    [Fact]
    public void So_is_a_change() => AssertCaught(new DoctoredRun()
        .Revoke(node: 0, 5, 6, status: 503));

    [Fact]
    public void More_than_five_seconds_after_a_fault_nothing_is_excused() => AssertCaught(new DoctoredRun()
        .Fault(10, 20)
        .Present(node: 0, 25.001, 26, status: 503));

    [Fact]
    public void A_later_fault_does_not_hide_the_end_of_an_earlier_one() => AssertCaught(new DoctoredRun()
        .Fault(10, 20)
        .Fault(40, 50)
        .Present(node: 0, 30, 31, status: 503));

    [Fact]
    public void The_fault_of_another_node_excuses_nothing() => AssertCaught(new DoctoredRun()
        .Fault(10, 20, node: 1)
        .Present(node: 0, 15, 16, status: 503));

    [Fact]
    public void More_than_one_of_a_thousand_goes_unanswered() => AssertCaught(Answered(997)
        .Present(node: 0, 5, 6, status: 0)
        .Revoke(node: 0, 5, 6, status: 0));

    [Fact]
    public void One_of_a_thousand_may_go_unanswered() => AssertAllowed(Answered(999)
        .Present(node: 0, 5, 6, status: 0));

    [Fact]
    public void A_request_may_be_turned_away_during_a_fault_and_five_seconds_after_it() => AssertAllowed(new DoctoredRun()
        .Fault(10, 20)
        .Present(node: 0, 9, 10, status: 503)
        .Present(node: 0, 15, 16, status: 503)
        .Present(node: 0, 25, 26, status: 503));

    [Fact]
    public void A_short_fault_does_not_hide_a_long_one_that_began_before() => AssertAllowed(new DoctoredRun()
        .Fault(10, 60)
        .Fault(20, 21, node: 0)
        .Present(node: 0, 50, 51, status: 503));

    [Fact]
    public void Requests_during_a_fault_may_go_unanswered() => AssertAllowed(new DoctoredRun()
        .Fault(10, 20, node: 0)
        .Present(node: 0, 15, 16, status: 0));

    [Fact]
    public void What_is_done_to_the_database_is_no_request() => AssertAllowed(new DoctoredRun()
        .Lock(5, 6, status: 503)
        .Unlock(5, 6, status: 0));

    private static DoctoredRun Answered(int count)
    {
        var run = new DoctoredRun();
        for (var number = 0; number < count; number++)
        {
            run.Present(node: 0, 1, 2, number % 2 == 0 ? 200 : 401);
        }

        return run;
    }

    private static void AssertCaught(DoctoredRun run) => Assert.Equal(["f, availability"], run.BrokenBy(Rule));

    private static void AssertAllowed(DoctoredRun run) => Assert.Empty(run.BrokenBy(Rule));
}

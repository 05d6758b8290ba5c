namespace Pat.History.Tests;

public sealed class FeedUpRuleTests
{
    private static readonly FeedUpRule Rule = new();

    [Fact]
    public void A_node_whose_feed_is_up_lets_a_revoked_token_in_after_a_second() => AssertCaught(new DoctoredRun()
        .FeedUp(node: 1, at: 1)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7.001, 7.1));

    [Fact]
    public void The_feed_went_down_later_by_hindsight() => AssertCaught(new DoctoredRun()
        .FeedUp(node: 1, at: 1)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7.001, 7.1)
        .FeedDown(node: 1, at: 30, heardUntil: 7.002));

    [Fact]
    public void The_feed_was_up_again_before_the_change() => AssertCaught(new DoctoredRun()
        .FeedUp(node: 1, at: 1)
        .FeedDown(node: 1, at: 3, heardUntil: 2)
        .FeedUp(node: 1, at: 4)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7.001, 7.1));

    [Fact]
    public void A_fault_that_the_feed_outlived_excuses_nothing() => AssertCaught(new DoctoredRun()
        .FeedUp(node: 1, at: 1)
        .Fault(4, 8)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7.001, 7.1));

    [Fact]
    public void A_node_that_goes_on_has_a_second_to_hear_and_no_more() => AssertCaught(new DoctoredRun()
        .FeedUp(node: 1, at: 1)
        .Fault(4, 9, node: 1, FaultWindow.Stopped)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 10.001, 10.1));

    [Fact]
    public void A_stop_before_the_change_excuses_nothing() => AssertCaught(new DoctoredRun()
        .FeedUp(node: 1, at: 1)
        .Fault(2, 4.999, node: 1, FaultWindow.Stopped)
        .Revoke(node: 0, 5, 5.001)
        .Present(node: 1, 6.002, 6.1));

    [Fact]
    public void A_stop_after_the_request_excuses_nothing() => AssertCaught(new DoctoredRun()
        .FeedUp(node: 1, at: 1)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7.001, 7.1)
        .Fault(7.101, 9, node: 1, FaultWindow.Stopped));

    [Fact]
    public void The_stop_of_another_node_excuses_nothing() => AssertCaught(new DoctoredRun()
        .FeedUp(node: 1, at: 1)
        .Fault(4, 9, node: 2, FaultWindow.Stopped)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7.001, 7.1));

    [Fact]
    public void A_notice_after_the_commit_is_told_by_a_node_whose_feed_is_up() => AssertCaught(new DoctoredRun(tellsAfterCommit: true)
        .FeedUp(node: 0, at: 1)
        .FeedUp(node: 1, at: 1)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7.001, 7.1)
        .FeedDown(node: 0, at: 20, heardUntil: 6.001));

    [Fact]
    public void A_notice_in_the_commit_is_told_by_any_node() => AssertCaught(new DoctoredRun()
        .FeedUp(node: 0, at: 1)
        .FeedDown(node: 0, at: 4, heardUntil: 3)
        .FeedUp(node: 1, at: 1)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7.001, 7.1));

    [Fact]
    public void An_acceptance_within_the_second_is_allowed() => AssertAllowed(new DoctoredRun()
        .FeedUp(node: 1, at: 1)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7, 7.1));

    [Fact]
    public void A_node_that_never_said_that_its_feed_is_up_promises_the_bound_only() => AssertAllowed(new DoctoredRun()
        .FeedUp(node: 0, at: 1)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7.001, 7.1));

    [Fact]
    public void The_feed_was_down_by_hindsight() => AssertAllowed(new DoctoredRun()
        .FeedUp(node: 1, at: 1)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7.001, 7.1)
        .FeedDown(node: 1, at: 20, heardUntil: 4));

    [Fact]
    public void The_feed_was_down_by_hindsight_as_the_request_began() => AssertAllowed(new DoctoredRun()
        .FeedUp(node: 1, at: 1)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7.001, 7.1)
        .FeedDown(node: 1, at: 20, heardUntil: 7.001));

    [Fact]
    public void The_feed_came_up_during_the_change() => AssertAllowed(new DoctoredRun()
        .FeedUp(node: 1, at: 5.5)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7.001, 7.1));

    [Fact]
    public void A_process_that_was_killed_heard_nothing_any_more() => AssertAllowed(new DoctoredRun()
        .FeedUp(node: 1, at: 1)
        .FeedDown(node: 1, at: 3, heardUntil: 3)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7.001, 7.1)
        .FeedUp(node: 1, at: 8));

    [Fact]
    public void A_stopped_node_has_a_second_to_hear_after_it_goes_on() => AssertAllowed(new DoctoredRun()
        .FeedUp(node: 1, at: 1)
        .Fault(4, 9, node: 1, FaultWindow.Stopped)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7.001, 9.1)
        .Present(node: 1, 10, 10.1));

    [Fact]
    public void A_notice_after_the_commit_may_be_missing_where_the_feed_of_the_node_was_down() => AssertAllowed(new DoctoredRun(tellsAfterCommit: true)
        .FeedUp(node: 0, at: 1)
        .FeedUp(node: 1, at: 1)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 7.001, 7.1)
        .FeedDown(node: 0, at: 20, heardUntil: 5.5));

    [Fact]
    public void A_lock_past_Pat_is_told_by_nobody() => AssertAllowed(new DoctoredRun()
        .FeedUp(node: 1, at: 1)
        .Lock(5, 6)
        .Present(node: 1, 7.001, 7.1));

    private static void AssertCaught(DoctoredRun run) => Assert.Equal(["c, feed up"], run.BrokenBy(Rule));

    private static void AssertAllowed(DoctoredRun run) => Assert.Empty(run.BrokenBy(Rule));
}

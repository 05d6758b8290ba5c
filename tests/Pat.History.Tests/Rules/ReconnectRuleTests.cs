namespace Pat.History.Tests;

public sealed class ReconnectRuleTests
{
    private static readonly ReconnectRule Rule = new();

    [Fact]
    public void A_second_after_it_came_up_again_a_node_judges_by_what_it_read_before() => AssertCaught(new DoctoredRun()
        .FeedUp(node: 1, at: 1)
        .FeedDown(node: 1, at: 4, heardUntil: 3)
        .Revoke(node: 0, 5, 6)
        .FeedUp(node: 1, at: 7.001)
        .Present(node: 1, 8.002, 8.1));

    [Fact]
    public void Owners_are_read_anew_as_well() => AssertCaught(new DoctoredRun()
        .Lock(5, 6)
        .FeedUp(node: 1, at: 7.001)
        .Present(node: 1, 8.002, 8.1));

    [Fact]
    public void A_later_reconnect_does_not_take_the_earlier_one_back() => AssertCaught(new DoctoredRun()
        .Revoke(node: 0, 5, 6)
        .FeedUp(node: 1, at: 7.001)
        .Present(node: 1, 8.002, 8.1)
        .FeedDown(node: 1, at: 9, heardUntil: 8.5)
        .FeedUp(node: 1, at: 9.5));

    [Fact]
    public void An_acceptance_within_the_second_is_allowed() => AssertAllowed(new DoctoredRun()
        .Revoke(node: 0, 5, 6)
        .FeedUp(node: 1, at: 7.001)
        .Present(node: 1, 8.001, 8.1));

    [Fact]
    public void A_change_in_the_second_before_may_have_been_missed_by_the_reading() => AssertAllowed(new DoctoredRun()
        .Revoke(node: 0, 5, 6)
        .FeedUp(node: 1, at: 7)
        .Present(node: 1, 8.002, 8.1));

    [Fact]
    public void The_reconnect_of_another_node_promises_nothing() => AssertAllowed(new DoctoredRun()
        .Revoke(node: 0, 5, 6)
        .FeedUp(node: 2, at: 7.001)
        .Present(node: 1, 8.002, 8.1));

    private static void AssertCaught(DoctoredRun run) => Assert.Equal(["d, reconnect"], run.BrokenBy(Rule));

    private static void AssertAllowed(DoctoredRun run) => Assert.Empty(run.BrokenBy(Rule));
}

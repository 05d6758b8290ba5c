namespace Pat.History.Tests;

/// <summary>What had expired, and was let in.</summary>
public sealed class RefusalRuleExpiryTests
{
    private static readonly RefusalRule Rule = new();

    [Fact]
    public void A_token_that_had_expired_is_let_in() => AssertCaught(new DoctoredRun()
        .Present(node: 1, 60.001, 60.1, expires: 60));

    [Fact]
    public void A_token_that_had_expired_by_the_clock_of_the_node_is_let_in() => AssertCaught(new DoctoredRun()
        .SetClock(node: 1, at: 3, offset: 300)
        .Present(node: 1, 50, 50.1, expires: 60));

    [Fact]
    public void A_request_that_began_before_may_be_let_in() => AssertAllowed(new DoctoredRun()
        .Present(node: 1, 60, 65, expires: 60));

    [Fact]
    public void A_clock_that_is_five_minutes_late_lets_it_in() => AssertAllowed(new DoctoredRun()
        .SetClock(node: 1, at: 3, offset: -300)
        .Present(node: 1, 70, 70.1, expires: 60));

    [Fact]
    public void While_a_clock_is_being_set_nobody_knows() => AssertAllowed(new DoctoredRun()
        .SetClock(node: 1, at: 3, offset: 300)
        .Present(node: 1, 50, 60, expires: 60)
        .SetClock(node: 1, at: 55, offset: 0));

    [Fact]
    public void A_node_may_follow_a_moment_after_it_was_told() => AssertAllowed(new DoctoredRun()
        .SetClock(node: 1, at: 3, offset: -300)
        .SetClock(node: 1, at: 70, offset: 0)
        .Present(node: 1, 70.5, 70.6, expires: 60));

    private static void AssertCaught(DoctoredRun run) => Assert.Equal(["e, expiry"], run.BrokenBy(Rule));

    private static void AssertAllowed(DoctoredRun run) => Assert.Empty(run.BrokenBy(Rule));
}

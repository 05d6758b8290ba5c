namespace Pat.History.Tests;

/// <summary>What was usable, and was refused.</summary>
public sealed class RefusalRuleTests
{
    private static readonly RefusalRule Rule = new();

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public void A_usable_token_is_refused(int status) => AssertCaught(Created()
        .Present(node: 1, 2.001, 2.1, status));

    [Fact]
    public void No_fault_excuses_it() => AssertCaught(Created()
        .Fault(0, 60)
        .Present(node: 1, 2.001, 2.1, status: 401));

    [Theory]
    [InlineData(200)]
    [InlineData(503)]
    [InlineData(0)]
    public void Any_other_answer_is_no_refusal(int status) => AssertAllowed(Created()
        .Present(node: 1, 2.001, 2.1, status));

    [Fact]
    public void A_token_whose_creation_is_not_acknowledged_yet_may_not_be_there() => AssertAllowed(Created()
        .Present(node: 1, 2, 2.1, status: 401));

    [Theory]
    [InlineData(0)]
    [InlineData(503)]
    public void A_token_whose_creation_nobody_knows_of_may_not_be_there(int status) => AssertAllowed(new DoctoredRun()
        .Create(node: 0, 1, 2, status)
        .Present(node: 1, 3, 3.1, status: 401));

    [Fact]
    public void A_token_that_was_revoked_only_afterwards_is_refused() => AssertCaught(Created()
        .Present(node: 1, 4, 5, status: 401)
        .Revoke(node: 0, 5, 6));

    [Fact]
    public void A_revocation_that_was_refused_changes_nothing() => AssertCaught(Created()
        .Revoke(node: 0, 3, 4, status: 429)
        .Present(node: 1, 5, 6, status: 401));

    [Theory]
    [InlineData(204)]
    [InlineData(503)]
    [InlineData(0)]
    public void A_revocation_may_be_done_from_its_start_on(int status) => AssertAllowed(Created()
        .Present(node: 1, 4, 5, status: 401)
        .Revoke(node: 0, 4.999, 6, status));

    [Fact]
    public void A_token_is_refused_before_it_expires() => AssertCaught(Created()
        .Present(node: 1, 59, 59.999, status: 401, expires: 60));

    [Fact]
    public void A_token_may_be_refused_once_it_expires() => AssertAllowed(Created()
        .Present(node: 1, 59, 60, status: 401, expires: 60));

    [Fact]
    public void A_clock_that_is_five_minutes_ahead_may_refuse_earlier() => AssertAllowed(Created()
        .SetClock(node: 1, at: 3, offset: 300)
        .Present(node: 1, 59, 59.5, status: 401, expires: 60));

    [Fact]
    public void A_clock_that_is_five_minutes_late_may_not_refuse_yet() => AssertCaught(Created()
        .SetClock(node: 1, at: 3, offset: -300)
        .Present(node: 1, 61, 61.5, status: 401, expires: 60));

    [Fact]
    public void The_clock_of_another_node_does_not_decide() => AssertCaught(Created()
        .SetClock(node: 0, at: 3, offset: 300)
        .Present(node: 1, 59, 59.5, status: 401, expires: 60));

    [Fact]
    public void A_clock_that_was_set_back_decides_again() => AssertCaught(Created()
        .SetClock(node: 1, at: 3, offset: 300)
        .SetClock(node: 1, at: 50, offset: 0)
        .Present(node: 1, 59, 59.5, status: 401, expires: 60));

    [Fact]
    public void While_a_clock_is_being_set_nobody_knows() => AssertAllowed(Created()
        .SetClock(node: 1, at: 3, offset: 300)
        .SetClock(node: 1, at: 55, offset: 0)
        .Present(node: 1, 50, 59.5, status: 401, expires: 60));

    [Fact]
    public void A_token_of_a_locked_owner_may_be_refused() => AssertAllowed(Created()
        .Lock(4, 5)
        .Present(node: 1, 20, 21, status: 401));

    [Theory]
    [InlineData(200)]
    [InlineData(0)]
    public void A_lock_may_be_there_from_its_start_on(int status) => AssertAllowed(Created()
        .Lock(4, 5, status)
        .Present(node: 1, 3, 4.001, status: 401));

    [Fact]
    public void No_refusal_rests_on_a_lock_that_was_taken_off() => AssertCaught(Created()
        .Lock(4, 5)
        .Unlock(6, 7)
        .Present(node: 1, 7.001, 8, status: 401));

    [Fact]
    public void A_lock_that_is_being_taken_off_may_refuse() => AssertAllowed(Created()
        .Lock(4, 5)
        .Unlock(6, 7)
        .Present(node: 1, 7, 8, status: 401));

    [Fact]
    public void A_lock_may_be_there_still_where_nobody_acknowledged_that_it_was_taken_off() => AssertAllowed(Created()
        .Lock(4, 5)
        .Unlock(6, 7, status: 0)
        .Present(node: 1, 7.001, 8, status: 401));

    [Fact]
    public void An_owner_who_was_locked_again_is_locked() => AssertAllowed(Created()
        .Lock(4, 5)
        .Unlock(6, 7)
        .Lock(7.5, 8)
        .Present(node: 1, 7.001, 8, status: 401));

    private static DoctoredRun Created() => new DoctoredRun().Create(node: 0, 1, 2);

    private static void AssertCaught(DoctoredRun run) => Assert.Equal(["e, refusal"], run.BrokenBy(Rule));

    private static void AssertAllowed(DoctoredRun run) => Assert.Empty(run.BrokenBy(Rule));
}

namespace Pat.History.Tests;

public sealed class BoundRuleTests
{
    private static readonly BoundRule Rule = new();

    [Fact]
    public void A_revoked_token_is_let_in_past_the_bound() => AssertCaught(new DoctoredRun()
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 16.001, 16.1));

    [Fact]
    public void No_fault_excuses_it() => AssertCaught(new DoctoredRun()
        .Fault(5, 30)
        .Fault(5, 30, node: 1, FaultWindow.Stopped)
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 16.001, 16.1));

    [Fact]
    public void A_token_of_a_locked_owner_is_let_in_past_the_bound() => AssertCaught(new DoctoredRun()
        .Lock(5, 6)
        .Present(node: 1, 16.001, 16.1));

    [Fact]
    public void The_owner_was_locked_again() => AssertCaught(new DoctoredRun()
        .Lock(1, 2)
        .Unlock(3, 4)
        .Lock(5, 6)
        .Present(node: 1, 16.001, 16.1));

    [Fact]
    public void An_acceptance_at_the_bound_is_allowed() => AssertAllowed(new DoctoredRun()
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 16, 16.1));

    [Fact]
    public void An_acceptance_that_began_within_the_bound_may_take_its_time() => AssertAllowed(new DoctoredRun()
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 15, 25));

    [Fact]
    public void A_lock_that_was_taken_off_is_over() => AssertAllowed(new DoctoredRun()
        .Lock(5, 6)
        .Unlock(14, 15)
        .Present(node: 1, 16.001, 16.1));

    [Fact]
    public void A_lock_may_be_taken_off_during_the_request() => AssertAllowed(new DoctoredRun()
        .Lock(5, 6)
        .Unlock(16.05, 16.2)
        .Present(node: 1, 16.001, 16.1));

    [Fact]
    public void A_lock_may_have_been_taken_off_though_nobody_acknowledged_it() => AssertAllowed(new DoctoredRun()
        .Lock(5, 6)
        .Unlock(14, 15, status: 0)
        .Present(node: 1, 16.001, 16.1));

    private static void AssertCaught(DoctoredRun run) => Assert.Equal(["b, bound"], run.BrokenBy(Rule));

    private static void AssertAllowed(DoctoredRun run) => Assert.Empty(run.BrokenBy(Rule));
}

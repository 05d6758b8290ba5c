namespace Pat.History.Tests;

public sealed class SameNodeRuleTests
{
    private static readonly SameNodeRule Rule = new();

    [Fact]
    public void The_node_that_revoked_lets_the_token_in_again() => AssertCaught(new DoctoredRun()
        .Revoke(node: 0, 5, 6)
        .Present(node: 0, 6.001, 6.1));

    [Fact]
    public void The_node_that_edited_judges_by_the_version_before() => AssertCaught(new DoctoredRun()
        .Edit(node: 0, 5, 6, version: 2)
        .Present(node: 0, 6.001, 6.1, version: 1));

    [Fact]
    public void The_node_that_rotated_takes_the_former_secret() => AssertCaught(new DoctoredRun()
        .Rotate(node: 0, 5, 6)
        .Present(node: 0, 6.001, 6.1, secret: 0, version: 2));

    [Fact]
    public void The_node_that_rotated_judges_by_the_version_before_in_the_overlap() => AssertCaught(new DoctoredRun()
        .Rotate(node: 0, 5, 6, overlap: 60)
        .Present(node: 0, 6.001, 6.1, secret: 0, version: 1));

    [Fact]
    public void The_overlap_is_over() => AssertCaught(new DoctoredRun()
        .Rotate(node: 0, 5, 6, overlap: 60)
        .Present(node: 0, 60.001, 60.1, secret: 0, version: 2));

    [Fact]
    public void A_second_rotation_ended_the_first_overlap() => AssertCaught(new DoctoredRun()
        .Rotate(node: 1, 5, 6, secret: 1, overlap: 60)
        .Rotate(node: 0, 7, 8, secret: 2, overlap: 60)
        .Present(node: 0, 8.001, 8.1, secret: 0, version: 3));

    [Fact]
    public void The_overlap_is_over_by_the_clock_of_the_node() => AssertCaught(new DoctoredRun()
        .SetClock(node: 0, at: 1, offset: 300)
        .Rotate(node: 0, 5, 6, overlap: 60)
        .Present(node: 0, 6.001, 6.1, secret: 0, version: 2));

    [Fact]
    public void The_former_secret_and_the_version_before_are_one_violation() => AssertCaught(new DoctoredRun()
        .Rotate(node: 0, 5, 6)
        .Present(node: 0, 6.001, 6.1, secret: 0, version: 1));

    [Fact]
    public void Of_two_edits_the_one_of_the_later_version_counts_though_acknowledged_first() => AssertCaught(new DoctoredRun()
        .Edit(node: 0, 3, 6, version: 2)
        .Edit(node: 0, 4, 5, version: 3)
        .Present(node: 0, 6.001, 6.1, version: 2));

    [Fact]
    public void An_earlier_change_counts_although_a_later_one_is_under_way() => AssertCaught(new DoctoredRun()
        .Edit(node: 0, 5, 6, version: 2)
        .Edit(node: 0, 7, 9, version: 3)
        .Present(node: 0, 8, 8.1, version: 1));

    [Fact]
    public void An_acceptance_that_began_before_the_acknowledgement_is_allowed() => AssertAllowed(new DoctoredRun()
        .Revoke(node: 0, 5, 6)
        .Present(node: 0, 6, 9));

    [Fact]
    public void Another_node_may_not_know_yet() => AssertAllowed(new DoctoredRun()
        .Revoke(node: 0, 5, 6)
        .Present(node: 1, 6.001, 6.1));

    [Fact]
    public void A_refusal_is_right() => AssertAllowed(new DoctoredRun()
        .Revoke(node: 0, 5, 6)
        .Present(node: 0, 6.001, 6.1, status: 401));

    [Fact]
    public void The_version_of_the_edit_or_a_later_one_is_right() => AssertAllowed(new DoctoredRun()
        .Edit(node: 0, 5, 6, version: 2)
        .Present(node: 0, 6.001, 6.1, version: 2)
        .Present(node: 0, 6.002, 6.1, version: 3));

    [Fact]
    public void The_new_secret_is_right() => AssertAllowed(new DoctoredRun()
        .Rotate(node: 0, 5, 6)
        .Present(node: 0, 6.001, 6.1, secret: 1, version: 2));

    [Fact]
    public void The_former_secret_is_allowed_in_its_overlap() => AssertAllowed(new DoctoredRun()
        .Rotate(node: 0, 5, 6, overlap: 60)
        .Present(node: 0, 60, 60.1, secret: 0, version: 2));

    [Fact]
    public void An_overlap_goes_on_by_a_clock_that_is_late() => AssertAllowed(new DoctoredRun()
        .SetClock(node: 0, at: 1, offset: -300)
        .Rotate(node: 0, 5, 6, overlap: 60)
        .Present(node: 0, 70, 70.1, secret: 0, version: 2));

    [Fact]
    public void A_clock_that_is_being_set_ends_no_overlap() => AssertAllowed(new DoctoredRun()
        .Rotate(node: 0, 5, 6, overlap: 60)
        .SetClock(node: 0, at: 69.5, offset: -300)
        .Present(node: 0, 70, 70.1, secret: 0, version: 2));

    [Theory]
    [InlineData(0)]
    [InlineData(503)]
    [InlineData(409)]
    public void A_change_that_was_not_acknowledged_promises_nothing(int status) => AssertAllowed(new DoctoredRun()
        .Revoke(node: 0, 5, 6, status)
        .Present(node: 0, 6.001, 6.1));

    [Fact]
    public void Another_token_is_another_matter() => AssertAllowed(new DoctoredRun()
        .Revoke(node: 0, 5, 6)
        .Present(node: 0, 6.001, 6.1, token: "another"));

    [Fact]
    public void A_lock_past_Pat_is_acknowledged_by_no_node() => AssertAllowed(new DoctoredRun()
        .Lock(5, 6)
        .Present(node: 0, 6.001, 6.1));

    private static void AssertCaught(DoctoredRun run) => Assert.Equal(["a, same node"], run.BrokenBy(Rule));

    private static void AssertAllowed(DoctoredRun run) => Assert.Empty(run.BrokenBy(Rule));
}

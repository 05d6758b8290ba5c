namespace Pat.History.Tests;

/// <summary>Which of a token's secrets was usable, and was refused.</summary>
public sealed class RefusalRuleRotationTests
{
    private static readonly RefusalRule Rule = new();

    [Fact]
    public void The_new_secret_is_refused_after_the_acknowledgement() => AssertCaught(Rotated()
        .Present(node: 1, 6.001, 6.1, status: 401, secret: 1));

    [Fact]
    public void The_new_secret_may_be_refused_before() => AssertAllowed(Rotated()
        .Present(node: 1, 6, 6.1, status: 401, secret: 1));

    [Fact]
    public void The_former_secret_is_refused_before_the_rotation() => AssertCaught(Rotated()
        .Present(node: 1, 4, 5, status: 401));

    [Fact]
    public void The_former_secret_may_be_refused_from_the_start_of_the_rotation_on() => AssertAllowed(Rotated()
        .Present(node: 1, 4, 5.001, status: 401));

    [Fact]
    public void The_former_secret_is_refused_in_its_overlap() => AssertCaught(Rotated(overlap: 60)
        .Present(node: 1, 59, 59.999, status: 401));

    [Fact]
    public void The_former_secret_may_be_refused_once_its_overlap_ends() => AssertAllowed(Rotated(overlap: 60)
        .Present(node: 1, 59, 60, status: 401));

    [Fact]
    public void An_overlap_ends_by_the_clock_of_the_node() => AssertAllowed(Rotated(overlap: 60)
        .SetClock(node: 1, at: 10, offset: 300)
        .Present(node: 1, 20, 21, status: 401));

    [Fact]
    public void An_overlap_goes_on_by_a_clock_that_is_late() => AssertCaught(Rotated(overlap: 60)
        .SetClock(node: 1, at: 10, offset: -300)
        .Present(node: 1, 70, 71, status: 401));

    [Fact]
    public void While_a_clock_is_being_set_nobody_knows_whether_the_overlap_is_over() => AssertAllowed(Rotated(overlap: 60)
        .SetClock(node: 1, at: 20.5, offset: 0)
        .Present(node: 1, 20, 21, status: 401));

    [Fact]
    public void A_second_rotation_ends_the_first_overlap() => AssertAllowed(Rotated(overlap: 60)
        .Present(node: 1, 19, 20.001, status: 401)
        .Rotate(node: 0, 20, 21, secret: 2, overlap: 60));

    [Fact]
    public void Until_the_second_rotation_the_first_overlap_goes_on() => AssertCaught(Rotated(overlap: 60)
        .Present(node: 1, 19, 20, status: 401)
        .Rotate(node: 0, 20, 21, secret: 2, overlap: 60));

    [Fact]
    public void The_second_overlap_is_for_the_second_secret() => AssertCaught(Rotated(overlap: 60)
        .Rotate(node: 0, 20, 21, secret: 2, overlap: 60)
        .Present(node: 1, 22, 23, status: 401, secret: 1));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void After_a_rotation_that_nobody_knows_of_no_secret_is_sure(int secret) => AssertAllowed(Rotated(overlap: 60)
        .Rotate(node: 0, 20, 21, secret: 2, status: 0)
        .Present(node: 1, 19, 20.001, status: 401, secret)
        .Present(node: 1, 30, 31, status: 401, secret));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Before_a_rotation_that_nobody_knows_of_they_are(int secret) => AssertCaught(Rotated(overlap: 60)
        .Rotate(node: 0, 20, 21, secret: 2, status: 0)
        .Present(node: 1, 19, 20, status: 401, secret));

    [Fact]
    public void A_rotation_that_was_refused_replaces_nothing() => AssertCaught(Rotated()
        .Rotate(node: 0, 20, 21, secret: 2, status: 409)
        .Present(node: 1, 30, 31, status: 401, secret: 1));

    [Fact]
    public void An_overlap_does_not_outlive_the_token() => AssertAllowed(Rotated(overlap: 60)
        .Present(node: 1, 31, 32, status: 401, expires: 30));

    private static DoctoredRun Rotated(double? overlap = null) => new DoctoredRun().Create(node: 0, 1, 2).Rotate(node: 0, 5, 6, overlap: overlap);

    private static void AssertCaught(DoctoredRun run) => Assert.Equal(["e, refusal"], run.BrokenBy(Rule));

    private static void AssertAllowed(DoctoredRun run) => Assert.Empty(run.BrokenBy(Rule));
}

namespace Pat.History.Tests;

public sealed class DurabilityRuleTests
{
    [Fact]
    public void A_created_token_is_not_there() => AssertCaught(new DoctoredRun()
        .Create(node: 0, 1, 2));

    [Fact]
    public void An_edit_is_not_there() => AssertCaught(new DoctoredRun()
        .Edit(node: 0, 1, 2, version: 2), version: 1);

    [Fact]
    public void A_rotation_is_not_there() => AssertCaught(new DoctoredRun()
        .Rotate(node: 0, 1, 2), version: 1);

    [Fact]
    public void A_revocation_is_not_there() => AssertCaught(new DoctoredRun()
        .Revoke(node: 0, 1, 2), version: 2);

    [Fact]
    public void What_was_acknowledged_is_there_or_what_came_after_it() => AssertAllowed(new DoctoredRun()
        .Create(node: 0, 1, 2)
        .Edit(node: 0, 3, 4, version: 2)
        .Revoke(node: 0, 5, 6), version: 3, isRevoked: true);

    [Theory]
    [InlineData(0)]
    [InlineData(503)]
    [InlineData(409)]
    public void What_was_not_acknowledged_may_be_there_or_not(int status) => AssertAllowed(new DoctoredRun()
        .Create(node: 0, 1, 2)
        .Edit(node: 0, 3, 4, version: 2, status)
        .Revoke(node: 0, 5, 6, status), version: 1);

    private static void AssertCaught(DoctoredRun run, long? version = null) =>
        Assert.Equal(["g, durability"], run.BrokenBy(Rule(version, isRevoked: false)));

    private static void AssertAllowed(DoctoredRun run, long version, bool isRevoked = false) =>
        Assert.Empty(run.BrokenBy(Rule(version, isRevoked)));

    private static DurabilityRule Rule(long? version, bool isRevoked)
    {
        var rows = new Dictionary<string, (long, bool)>();
        if (version is { } found)
        {
            rows.Add(DoctoredRun.Token, (found, isRevoked));
        }

        return new DurabilityRule(rows);
    }
}

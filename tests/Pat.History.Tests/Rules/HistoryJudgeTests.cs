namespace Pat.History.Tests;

public sealed class HistoryJudgeTests
{
    [Fact]
    public void A_run_in_which_all_promises_are_kept_is_let_pass() => Assert.Empty(Judge(new DoctoredRun()
        .Create(node: 0, 1, 2)
        .Present(node: 1, 3, 3.1)
        .Edit(node: 0, 4, 5)
        .Present(node: 1, 5.1, 5.2, version: 2)
        .Revoke(node: 0, 6, 7)
        .Present(node: 1, 7.1, 7.2, version: 2)
        .Present(node: 1, 18, 18.1, status: 401)));

    [Fact]
    public void Every_rule_is_asked() => Assert.Equal(
        ["a, same node", "b, bound", "c, feed up", "d, reconnect", "e, refusal", "e, expiry", "f, availability", "g, durability"],
        Judge(new DoctoredRun()
            .Create(node: 0, 1, 2)
            .Present(node: 0, 2.5, 2.6, status: 401)
            .Revoke(node: 0, 5, 6)
            .Present(node: 0, 6.1, 6.2)
            .FeedUp(node: 1, at: 7.1)
            .Present(node: 1, 8.2, 8.3)
            .FeedUp(node: 2, at: 4)
            .Present(node: 2, 7.1, 7.2)
            .Present(node: 3, 16.1, 16.2)
            .Present(node: 3, 16.3, 16.4, token: "another", expires: 16)
            .Present(node: 3, 16.5, 16.6, status: 503), isRevoked: false).Select(static violation => violation.Rule));

    [Fact]
    public void A_violation_says_what_happened_and_when()
    {
        var violation = Assert.Single(Judge(new DoctoredRun().Revoke(node: 0, 5, 6).Present(node: 0, 7, 8)));

        Assert.Equal(
            "node 0 let token token in (version 1, secret 0) in a request from 00:00:07 to 00:00:08; node 0 had acknowledged Revoke (version 0, secret 0) at 00:00:06",
            violation.Text);
    }

    private static IReadOnlyList<Violation> Judge(DoctoredRun run, bool isRevoked = true) =>
        new HistoryJudge(new Dictionary<string, (long, bool)> { [DoctoredRun.Token] = (3, isRevoked) }).Judge(run.History);
}

namespace Pat.Core.Tests;

/// <summary>Notices that are about everything, or that nobody can read, however many come.</summary>
public sealed class NoticeFloodTests
{
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMilliseconds(500);

    private const int Flood = 1_000;

    [Fact]
    public async Task A_notice_that_nobody_can_read_makes_everything_out_of_date()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (_, value) = await nodes.IssueWarmAsync();
        var lookups = nodes.Second.Store.Lookups;

        nodes.Feed.Send("2 something newer");

        await Eventually.TrueAsync(() => nodes.Second.Logged(425).Count == 1);
        await Eventually.TrueAsync(async () =>
            await nodes.Second.RefusalOfAsync(value) == PersonalAccessTokenRefusal.None && nodes.Second.Store.Lookups > lookups);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_flood_of_notices_that_anything_may_have_changed_reads_twice_a_second_and_holds_no_request_up(bool isReadable)
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (_, value) = await nodes.IssueWarmAsync();
        var held = nodes.Second.Store.HoldNextLookup();
        var lookups = nodes.Second.Store.Lookups;

        await FloodAsync(nodes, isReadable);
        await held.ReadAsync();
        Assert.Equal(PersonalAccessTokenRefusal.None, await nodes.Second.RefusalOfAsync(value));
        nodes.Second.Time.ForgetDelays();
        held.Release();
        await nodes.Second.Time.DelayBegunAsync(BetweenSweeps);
        await FloodAsync(nodes, isReadable);
        Assert.Equal(PersonalAccessTokenRefusal.None, await nodes.Second.RefusalOfAsync(value));
        Assert.Equal(lookups + 1, nodes.Second.Store.Lookups);

        // What came meanwhile is seen to, however much it was, by one more.
        nodes.Second.Time.Advance(BetweenSweeps);
        await nodes.Second.Time.DelayBegunAsync(BetweenSweeps);
        nodes.Second.Time.Advance(BetweenSweeps);
        await Eventually.TrueAsync(() => nodes.Second.Store.Lookups == lookups + 2);
        Assert.Equal(PersonalAccessTokenRefusal.None, await nodes.Second.RefusalOfAsync(value));
        Assert.Equal(lookups + 2, nodes.Second.Store.Lookups);
    }

    [Fact]
    public async Task A_change_that_is_told_while_everything_is_read_again_is_not_missed()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (token, value) = await nodes.IssueWarmAsync();
        var held = nodes.Second.Store.HoldNextLookup();
        await FloodAsync(nodes, isReadable: true);
        await held.ReadAsync();
        nodes.Feed.Before = _ => throw new IOException("The feed is down.");
        await nodes.First.Manager.RevokeAsync("alice", token.Id);
        nodes.Feed.Before = null;

        await FloodAsync(nodes, isReadable: true);
        held.Release();

        await Eventually.TrueAsync(async () =>
        {
            nodes.Second.Time.Advance(TimeSpan.FromMilliseconds(100));
            return await nodes.Second.RefusalOfAsync(value) == PersonalAccessTokenRefusal.Revoked;
        });
    }

    [Fact]
    public async Task Notices_that_nobody_can_read_are_told_once_a_minute_with_their_number()
    {
        await using var nodes = await TwoNodes.StartAsync();
        await FloodAsync(nodes, isReadable: false);
        for (var beat = 1; beat < TimeSpan.FromMinutes(1) / TwoNodes.BetweenBeats; beat++)
        {
            await nodes.BeatAsync();
        }

        await FloodAsync(nodes, isReadable: false);
        Assert.StartsWith("1 notices", Assert.Single(nodes.Second.Logged(425)).Message, StringComparison.Ordinal);

        await nodes.BeatAsync();
        await FloodAsync(nodes, isReadable: false);

        Assert.Equal(2, nodes.Second.Logged(425).Count);
        Assert.StartsWith($"{2 * Flood} notices", nodes.Second.Logged(425)[1].Message, StringComparison.Ordinal);
    }

    /// <summary>Sends many notices that are about everything, and waits until the nodes have heard them.</summary>
    private static async Task FloodAsync(TwoNodes nodes, bool isReadable)
    {
        var sender = new PersonalAccessTokenNode();
        for (var sent = 0; sent < Flood; sent++)
        {
            nodes.Feed.Send(isReadable
                ? PersonalAccessTokenNotice.OfChange(sender, PersonalAccessTokenChange.Everything, nodes.Second.Now).ToString()
                : "2 something newer");
        }

        await Eventually.TrueAsync(() => nodes.Feed.IsDealtWith);
    }
}

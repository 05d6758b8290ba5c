namespace Pat.Core.Tests;

/// <summary>When a node may say that it hears of changes elsewhere, and what it does when it does not.</summary>
public sealed class ListeningTests
{
    private static readonly TimeSpan LongestBeat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task What_changed_while_nobody_listened_is_read_before_the_feed_is_up_and_requests_go_on_meanwhile()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (token, value) = await nodes.IssueWarmAsync();
        await BreakAsync(nodes);
        await nodes.First.Manager.RevokeAsync("alice", token.Id);
        var held = nodes.Second.Store.HoldNextLookup();

        await ReconnectAsync(nodes);
        await held.ReadAsync();
        Assert.False(nodes.Second.Get<FeedStatus>().IsUp);
        Assert.Equal(PersonalAccessTokenRefusal.None, await nodes.Second.RefusalOfAsync(value));
        held.Release();

        await UpAsync(nodes.Second);
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await nodes.Second.RefusalOfAsync(value));
    }

    [Fact]
    public async Task What_was_read_before_and_is_not_in_use_counts_no_more_once_the_feed_is_up()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (token, value) = await nodes.IssueWarmAsync();
        nodes.Second.Get<RefreshRounds>().Advance();
        nodes.Second.Get<RefreshRounds>().Advance();
        nodes.Second.Get<RefreshRounds>().Advance();
        await BreakAsync(nodes);
        await nodes.First.Manager.RevokeAsync("alice", token.Id);

        await ReconnectAsync(nodes);
        await UpAsync(nodes.Second);

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await nodes.Second.RefusalOfAsync(value));
    }

    [Fact]
    public async Task The_feed_is_not_up_while_what_is_in_use_cannot_be_read()
    {
        await using var nodes = await TwoNodes.StartAsync();
        await nodes.IssueWarmAsync();
        await BreakAsync(nodes);
        nodes.Second.Store.Fail();

        await ReconnectAsync(nodes);
        await Eventually.TrueAsync(() => nodes.Second.Logged(300).Count >= 1);
        Assert.False(nodes.Second.Get<FeedStatus>().IsUp);
        nodes.Second.Store.Recover();

        await UpInTimeAsync(nodes.Second);
    }

    [Fact]
    public async Task What_can_not_be_read_holds_the_feed_up_until_it_is_too_old_and_no_longer()
    {
        await using var nodes = await TwoNodes.StartAsync(maxStaleness: TimeSpan.FromMinutes(1));
        await nodes.IssueWarmAsync();
        await BreakAsync(nodes);
        nodes.Second.Store.Fail(nameof(IPersonalAccessTokenStore.FindAsync));

        await ReconnectAsync(nodes);
        var reconnected = nodes.Second.Time.GetUtcNow();
        await UpInTimeAsync(nodes.Second);

        Assert.True(nodes.Second.Time.GetUtcNow() - reconnected >= nodes.Second.Get<StateRefresher>().MaxStaleness);
    }

    [Fact]
    public async Task A_connection_that_is_lost_is_told_with_the_time_until_which_all_was_heard_and_made_anew()
    {
        await using var nodes = await TwoNodes.StartAsync();
        await nodes.BeatAsync();
        var heardUntil = nodes.Second.Time.GetUtcNow();
        nodes.Second.Time.Advance(TwoNodes.BetweenBeats / 2);

        await BreakAsync(nodes);

        var lost = Assert.Single(nodes.Second.Logged(421));
        Assert.Contains(heardUntil.ToString("O"), lost.Message, StringComparison.Ordinal);
        await ReconnectAsync(nodes);
        await UpAsync(nodes.Second);
    }

    [Fact]
    public async Task A_connection_that_is_deaf_is_not_up_and_is_made_anew_after_fifteen_seconds()
    {
        var feed = new TestFeed { IsDeaf = true };
        await using var node = await TokenApplication.CreateAsync(feed: feed);
        var listener = node.Get<ChangeListener>();
        await listener.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => feed.Connections == 1);

        for (var beat = 0; beat < 3; beat++)
        {
            Assert.Empty(node.Logged(422));
            await node.Time.DelayBegunAsync(LongestBeat);
            node.Time.Advance(LongestBeat);
            await Task.Yield();
            node.Time.Advance(TwoNodes.BetweenBeats - LongestBeat);
        }

        await Eventually.TrueAsync(() => node.Logged(422).Count == 1);
        Assert.False(node.Get<FeedStatus>().IsUp);
        feed.IsDeaf = false;
        await Eventually.TrueAsync(() =>
        {
            node.Time.Advance(LongestPause);
            return node.Get<FeedStatus>().IsUp;
        });
        await listener.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_heartbeat_that_is_late_takes_the_feed_down_until_one_is_in_time_again()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var heardUntil = nodes.First.Time.GetUtcNow();
        nodes.Feed.IsSlow = true;
        nodes.First.Time.ForgetDelays();

        nodes.First.Time.Advance(TwoNodes.BetweenBeats);
        await nodes.BeatsSentAsync();
        nodes.First.Time.Advance(LongestBeat);
        await Eventually.TrueAsync(() => nodes.First.Logged(423).Count > 0);
        Assert.False(nodes.First.Get<FeedStatus>().IsUp);
        Assert.Contains(heardUntil.ToString("O"), Assert.Single(nodes.First.Logged(423)).Message, StringComparison.Ordinal);

        nodes.Feed.Release();
        nodes.First.Time.Advance(TwoNodes.BetweenBeats - LongestBeat);

        await Eventually.TrueAsync(() => nodes.First.Logged(420).Count == 2);
        Assert.True(nodes.First.Get<FeedStatus>().IsUp);
        Assert.Empty(nodes.First.Logged(421));
    }

    [Fact]
    public async Task A_feed_that_cannot_be_connected_is_tried_again_with_growing_pauses_and_keeps_nothing_from_starting()
    {
        var feed = new TestFeed { Refusal = new IOException("Nobody listens there.") };
        await using var node = await TokenApplication.CreateAsync(feed: feed);
        var (_, value) = await node.IssueAsync();
        var listener = node.Get<ChangeListener>();
        await listener.StartAsync(CancellationToken.None);

        for (var attempt = 1; attempt <= 10; attempt++)
        {
            await Eventually.TrueAsync(() =>
            {
                node.Time.Advance(LongestPause);
                return node.Logged(422).Count >= attempt;
            });
        }

        Assert.Equal(PersonalAccessTokenRefusal.None, await node.RefusalOfAsync(value));
        feed.Refusal = null;
        await Eventually.TrueAsync(() =>
        {
            node.Time.Advance(LongestPause);
            return node.Get<FeedStatus>().IsUp;
        });
        await listener.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Whether_the_feed_is_up_is_on_the_meter()
    {
        await using var nodes = await TwoNodes.StartAsync();
        using var up = nodes.First.Measure<int>("pat.feed.up");

        up.RecordObservableInstruments();
        await BreakAsync(nodes);
        up.RecordObservableInstruments();

        Assert.Equal([1, 0], up.GetMeasurementSnapshot().Select(static taken => taken.Value));
    }

    [Fact]
    public async Task Without_a_feed_there_is_nothing_to_listen_to()
    {
        await using var node = await TokenApplication.CreateAsync();

        await node.Get<ChangeListener>().StartAsync(CancellationToken.None);

        await Eventually.TrueAsync(() => node.Get<ChangeListener>().ExecuteTask!.IsCompletedSuccessfully);
        Assert.Equal((false, false), (node.Get<FeedStatus>().HasFeed, node.Get<FeedStatus>().IsUp));
    }

    /// <summary>Lets time pass until the feed is up, no quicker than the node can do what it does each second.</summary>
    private static Task UpInTimeAsync(TokenApplication node) => Eventually.TrueAsync(async () =>
    {
        node.Time.Advance(TimeSpan.FromSeconds(1));
        await Task.Delay(TimeSpan.FromMilliseconds(20));
        return node.Get<FeedStatus>().IsUp;
    });

    private static Task UpAsync(TokenApplication node) => Eventually.TrueAsync(() => node.Get<FeedStatus>().IsUp);

    /// <summary>Breaks the connections and keeps them from coming back.</summary>
    private static async Task BreakAsync(TwoNodes nodes)
    {
        nodes.Feed.Refusal = new IOException("Nobody listens there.");
        nodes.Feed.Break();
        await Eventually.TrueAsync(() => !nodes.First.Get<FeedStatus>().IsUp && !nodes.Second.Get<FeedStatus>().IsUp);
        await Eventually.TrueAsync(() => nodes.First.Logged(421).Count == 1 && nodes.Second.Logged(421).Count == 1);
    }

    private static async Task ReconnectAsync(TwoNodes nodes)
    {
        nodes.Feed.Refusal = null;
        await Eventually.TrueAsync(() =>
        {
            nodes.Second.Time.Advance(LongestPause);
            return nodes.Feed.Connections == 2;
        });
    }
}

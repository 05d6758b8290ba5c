namespace Pat.Core.Tests;

/// <summary>Two nodes on one database and clock, joined by a change feed, where nothing else would make one learn of the other for an hour, or what a test says.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    public static readonly TimeSpan BetweenBeats = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestBeat = TimeSpan.FromSeconds(1);

    private TwoNodes(TestFeed feed, TokenApplication first, TokenApplication second) =>
        (Feed, First, Second) = (feed, first, second);

    public TestFeed Feed { get; }

    public TokenApplication First { get; }

    public TokenApplication Second { get; }

    /// <summary>Starts them, and waits until both hear the feed and are done with their first heartbeat but for the wait after it.</summary>
    public static async Task<TwoNodes> StartAsync(TestFeed? feed = null, TestOwners? owners = null, TimeSpan? maxStaleness = null)
    {
        void Configure(PersonalAccessTokenOptions options) => options.MaxStaleness = maxStaleness ?? TimeSpan.FromHours(1);

        feed ??= new TestFeed();
        var first = await TokenApplication.CreateAsync(Configure, owners, feed: feed);
        var nodes = new TwoNodes(feed, first, first.AddNode(Configure, owners, feed));
        foreach (var node in (TokenApplication[])[nodes.First, nodes.Second])
        {
            await node.Get<ChangeListener>().StartAsync(CancellationToken.None);
            await Eventually.TrueAsync(() => node.Get<FeedStatus>().IsUp);
            await BeatSentAsync(first.Time);
        }

        return nodes;
    }

    /// <summary>Waits until both have sent the heartbeat that is due and wait for its second to be over.</summary>
    public async Task BeatsSentAsync()
    {
        await BeatSentAsync(First.Time);
        await BeatSentAsync(First.Time);
    }

    /// <summary>Lets both send a heartbeat and hear it.</summary>
    public async Task BeatAsync()
    {
        First.Time.ForgetDelays();
        First.Time.Advance(BetweenBeats);
        await BeatsSentAsync();
        await Eventually.TrueAsync(() => Feed.IsDealtWith);
    }

    /// <summary>Creates a token that both nodes have accepted.</summary>
    public async Task<(PersonalAccessToken Token, string Value)> IssueWarmAsync()
    {
        var (token, value) = await First.IssueAsync(scopes: ["read", "write"]);
        Assert.Equal(PersonalAccessTokenRefusal.None, await First.RefusalOfAsync(value));
        Assert.Equal(PersonalAccessTokenRefusal.None, await Second.RefusalOfAsync(value));
        return (token, value);
    }

    public async ValueTask DisposeAsync()
    {
        await Second.Get<ChangeListener>().StopAsync(CancellationToken.None);
        await First.Get<ChangeListener>().StopAsync(CancellationToken.None);
        await Second.DisposeAsync();
        await First.DisposeAsync();
    }

    /// <summary>A heartbeat begins two delays: how long sending it may take, and how long it is waited for.</summary>
    private static async Task BeatSentAsync(ObservedTime time)
    {
        await time.DelayBegunAsync(LongestBeat);
        await time.DelayBegunAsync(LongestBeat);
    }
}

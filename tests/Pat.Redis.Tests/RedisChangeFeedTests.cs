using Microsoft.Extensions.DependencyInjection;
using Pat.TestSupport;
using StackExchange.Redis;

namespace Pat.Redis.Tests;

/// <summary>Rows 8 and 34 of the known failures, between two nodes that hear of each other by Redis.</summary>
public sealed class RedisChangeFeedTests : IAsyncLifetime
{
    private readonly TestDatabase _database = TestDatabase.SqliteFile();
    private LocalServer _redis = null!;
    private FeedNode _first = null!;
    private FeedNode _second = null!;

    private string Configuration => $"127.0.0.1:{_redis.Port}";

    public async ValueTask InitializeAsync()
    {
        _redis = await LocalServer.StartRedisAsync();
        _first = await StartAsync();
        _second = await StartAsync();
        await _first.UpAsync();
        await _second.UpAsync();
    }

    [Fact]
    public async Task A_revocation_counts_on_the_other_node_at_once()
    {
        var (token, value) = await _first.IssueWarmAsync(_second);

        await _first.Manager.RevokeAsync("alice", token.Id);

        await _second.RefusesAsync(value, PersonalAccessTokenRefusal.Revoked);
    }

    [Fact]
    public async Task A_rotation_counts_on_the_other_node_at_once()
    {
        var (token, value) = await _first.IssueWarmAsync(_second);

        var rotated = await _first.Manager.RotateAsync("alice", token.Id, new());

        await _second.RefusesAsync(value, PersonalAccessTokenRefusal.WrongSecret);
        Assert.True((await _second.Manager.VerifyAsync(rotated.Value!)).Succeeded);
    }

    [Fact]
    public async Task What_changed_while_Redis_was_away_is_found_out_when_it_is_back()
    {
        var (token, value) = await _first.IssueWarmAsync(_second);
        await _redis.KillAsync();
        await Eventually.TrueAsync(() => !_first.IsUp && !_second.IsUp);

        Assert.True(await _first.Manager.RevokeAsync("alice", token.Id));
        Assert.NotEmpty(_first.Logged(424));
        Assert.True((await _second.Manager.VerifyAsync(value)).Succeeded);
        await _redis.StartAgainAsync();

        await _second.UpAsync();
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await _second.RefusalOfAsync(value));
        await _first.UpAsync();
        var (other, otherValue) = await _first.IssueWarmAsync(_second);
        await _first.Manager.RevokeAsync("alice", other.Id);
        await _second.RefusesAsync(otherValue, PersonalAccessTokenRefusal.Revoked);
    }

    [Fact]
    public async Task What_one_node_could_not_tell_is_made_up_for_though_the_others_heard_Redis_all_the_while()
    {
        await using var observer = await ConnectionMultiplexer.ConnectAsync(Configuration);
        var server = observer.GetServers()[0];
        await server.ExecuteAsync("ACL", "SETUSER", "mute", "on", ">secret", "allchannels", "allcommands");
        await using var mute = await FeedNode.StartAsync(
            _database.Configure, tokens => tokens.AddRedisChangeFeed($"{Configuration},user=mute,password=secret"));
        await mute.UpAsync();
        var (token, value) = await mute.IssueWarmAsync(_second);

        await server.ExecuteAsync("ACL", "SETUSER", "mute", "-publish");
        Assert.True(await mute.Manager.RevokeAsync("alice", token.Id));
        Assert.NotEmpty(mute.Logged(424));
        Assert.True((await _second.Manager.VerifyAsync(value)).Succeeded);
        await server.ExecuteAsync("ACL", "SETUSER", "mute", "+publish");

        await _second.RefusesAsync(value, PersonalAccessTokenRefusal.Revoked);
        Assert.Single(_second.Logged(420));
    }

    [Fact]
    public async Task A_connection_that_is_not_made_holds_nobody_up_longer_than_they_have_time()
    {
        using var connecting = new ManualResetEventSlim();
        async Task<IConnectionMultiplexer> ConnectAsync()
        {
            connecting.Wait();
            return await ConnectionMultiplexer.ConnectAsync(Configuration);
        }

        await using var services = new ServiceCollection()
            .AddPersonalAccessTokenCore().AddRedisChangeFeed(ConnectAsync).Services.BuildServiceProvider();
        var feed = services.GetRequiredService<IPersonalAccessTokenChangeFeed>();
        var notice = PersonalAccessTokenNotice.OfChange(
            new PersonalAccessTokenNode(), PersonalAccessTokenChange.Everything, TimeProvider.System.GetUtcNow());
        var patient = feed.PublishAsync(notice, CancellationToken.None);
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => feed.PublishAsync(notice, limit.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => feed.SubscribeAsync(limit.Token));

        Assert.False(patient.IsCompleted);
        connecting.Set();
        await patient;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_connection_ends_with_the_application_that_awaits_its_end_or_does_not(bool isAwaited)
    {
        ConnectionMultiplexer? connection = null;
        var services = new ServiceCollection()
            .AddPersonalAccessTokenCore()
            .AddRedisChangeFeed(async () => connection = await ConnectionMultiplexer.ConnectAsync(Configuration))
            .Services.BuildServiceProvider();
        await (await services.GetRequiredService<IPersonalAccessTokenChangeFeed>().SubscribeAsync(CancellationToken.None)).DisposeAsync();
        Assert.True(connection!.IsConnected);

        if (isAwaited)
        {
            await services.DisposeAsync();
        }
        else
        {
            services.Dispose();
        }

        Assert.False(connection.IsConnected);
    }

    [Fact]
    public async Task A_node_starts_without_Redis_and_hears_it_once_it_is_there()
    {
        await _redis.KillAsync();

        await using var late = await StartAsync();
        var result = await late.Manager.CreateAsync(new()
        {
            OwnerId = "alice",
            Name = "ci",
            Scopes = ["read"],
            ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
        });
        Assert.True(await late.Manager.RevokeAsync("alice", result.Token!.Id));
        Assert.False(late.IsUp);
        await _redis.StartAgainAsync();

        await late.UpAsync();
    }

    [Fact]
    public async Task A_subscription_that_failed_leaves_nothing_behind()
    {
        await using var services = new ServiceCollection()
            .AddPersonalAccessTokenCore().AddRedisChangeFeed(Configuration, "own").Services.BuildServiceProvider();
        var feed = services.GetRequiredService<IPersonalAccessTokenChangeFeed>();
        await (await feed.SubscribeAsync(CancellationToken.None)).DisposeAsync();
        await _redis.KillAsync();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => feed.SubscribeAsync(CancellationToken.None));
        }

        await _redis.StartAgainAsync();
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await (await feed.SubscribeAsync(CancellationToken.None)).DisposeAsync();
                return true;
            }
            catch (Exception exception) when (exception is RedisException or IOException)
            {
                return false;
            }
        });

        // One that is still kept would be subscribed again by itself.
        await using var observer = await ConnectionMultiplexer.ConnectAsync(Configuration);
        await Eventually.TrueAsync(async () =>
            await observer.GetServers()[0].SubscriptionSubscriberCountAsync(RedisChannel.Literal("own")) == 0);
    }

    [Fact]
    public async Task Applications_on_one_Redis_can_have_a_channel_each()
    {
        await using var other = await FeedNode.StartAsync(_database.Configure, tokens => tokens.AddRedisChangeFeed(Configuration, "other"));
        await other.UpAsync();
        var (token, value) = await _first.IssueWarmAsync(other);

        await _first.Manager.RevokeAsync("alice", token.Id);
        await _second.RefusesAsync(value, PersonalAccessTokenRefusal.Revoked);

        Assert.True((await other.Manager.VerifyAsync(value)).Succeeded);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("ssl=true")]
    [InlineData("redis:6379,nonsense=1")]
    public void A_configuration_that_leads_nowhere_is_refused(string configuration) =>
        Assert.ThrowsAny<ArgumentException>(
            () => new ServiceCollection().AddPersonalAccessTokenCore().AddRedisChangeFeed(configuration));

    public async ValueTask DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
        await _redis.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Task<FeedNode> StartAsync() => FeedNode.StartAsync(_database.Configure, tokens => tokens.AddRedisChangeFeed(Configuration));
}

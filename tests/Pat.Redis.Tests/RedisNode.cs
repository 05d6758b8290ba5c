using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Pat.EntityFrameworkCore;
using Pat.TestSupport;

namespace Pat.Redis.Tests;

/// <summary>A node that hears of others by Redis, and would not learn of a change by itself for an hour.</summary>
internal sealed class RedisNode : IAsyncDisposable
{
    private readonly IHost _host;

    private RedisNode(IHost host) => _host = host;

    public PersonalAccessTokenManager Manager => Get<PersonalAccessTokenManager>();

    public bool IsUp => Get<FeedStatus>().IsUp;

    public static async Task<RedisNode> StartAsync(TestDatabase database, Action<PersonalAccessTokenBuilder> addFeed)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddFakeLogging();
        builder.Services.AddPooledDbContextFactory<PersonalAccessTokenDbContext>(database.Configure);
        addFeed(builder.Services.AddPersonalAccessTokenCore(options =>
            {
                options.MaxStaleness = TimeSpan.FromHours(1);
                options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Sha256;
            })
            .AddEntityFrameworkStore<PersonalAccessTokenDbContext>());
        var node = new RedisNode(builder.Build());
        await using (var context = await node.Get<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync())
        {
            await context.Database.EnsureCreatedAsync();
        }

        await node._host.StartAsync();
        return node;
    }

    /// <summary>Creates a token and has it accepted by both nodes.</summary>
    public async Task<(PersonalAccessToken Token, string Value)> IssueWarmAsync(RedisNode other)
    {
        var result = await Manager.CreateAsync(new()
        {
            OwnerId = "alice",
            Name = "ci",
            Scopes = ["read", "write"],
            ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
        });
        Assert.True((await Manager.VerifyAsync(result.Value!)).Succeeded);
        Assert.True((await other.Manager.VerifyAsync(result.Value!)).Succeeded);
        return (result.Token!, result.Value!);
    }

    public Task UpAsync() => EventuallyAsync(() => Task.FromResult(IsUp));

    public IReadOnlyList<FakeLogRecord> Logged(int eventId) =>
        [.. Get<FakeLogCollector>().GetSnapshot().Where(record => record.Id.Id == eventId)];

    public Task RefusesAsync(string value, PersonalAccessTokenRefusal refusal) =>
        EventuallyAsync(async () => (await Manager.VerifyAsync(value)).Refusal == refusal);

    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(40), "It did not happen in time.");
            await Task.Delay(5);
        }
    }

    public T Get<T>()
        where T : notnull =>
        _host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}

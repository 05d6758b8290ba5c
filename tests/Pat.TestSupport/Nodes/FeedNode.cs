using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Pat.EntityFrameworkCore;
using Xunit;

namespace Pat.TestSupport;

/// <summary>A node with a change feed, that would not learn of another's change by itself for an hour.</summary>
public sealed class FeedNode : IAsyncDisposable
{
    private readonly IHost _host;

    private FeedNode(IHost host) => _host = host;

    public PersonalAccessTokenManager Manager => Get<PersonalAccessTokenManager>();

    public bool IsUp => Get<FeedStatus>().IsUp;

    public StatementLog Statements => Get<StatementLog>();

    public static async Task<FeedNode> StartAsync(
        Action<DbContextOptionsBuilder> database, Action<PersonalAccessTokenBuilder> addFeed)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddFakeLogging();
        var statements = new StatementLog();
        builder.Services.AddSingleton(statements);
        builder.Services.AddPooledDbContextFactory<PersonalAccessTokenDbContext>(options =>
        {
            database(options);
            options.AddInterceptors(statements);
        });
        addFeed(builder.Services.AddPersonalAccessTokenCore(options =>
            {
                options.MaxStaleness = TimeSpan.FromHours(1);
                options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Sha256;
            })
            .AddEntityFrameworkStore<PersonalAccessTokenDbContext>());
        var node = new FeedNode(builder.Build());
        await using (var context = await node.Get<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync())
        {
            await context.Database.EnsureCreatedAsync();
        }

        await node._host.StartAsync();
        return node;
    }

    /// <summary>Creates a token and has it accepted by both nodes.</summary>
    public async Task<(PersonalAccessToken Token, string Value)> IssueWarmAsync(FeedNode other, string owner = "alice")
    {
        var result = await Manager.CreateAsync(new()
        {
            OwnerId = owner,
            Name = "ci",
            Scopes = ["read", "write"],
            ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
        });
        Assert.True((await Manager.VerifyAsync(result.Value!)).Succeeded);
        Assert.True((await other.Manager.VerifyAsync(result.Value!)).Succeeded);
        return (result.Token!, result.Value!);
    }

    public async Task<PersonalAccessTokenRefusal> RefusalOfAsync(string value) => (await Manager.VerifyAsync(value)).Refusal;

    /// <summary>Waits until the feed is up.</summary>
    public Task UpAsync() => Eventually.TrueAsync(() => IsUp);

    /// <summary>Waits until a value is refused so.</summary>
    public Task RefusesAsync(string value, PersonalAccessTokenRefusal refusal) =>
        Eventually.TrueAsync(async () => await RefusalOfAsync(value) == refusal);

    public IReadOnlyList<FakeLogRecord> Logged(int eventId) =>
        [.. Get<FakeLogCollector>().GetSnapshot().Where(record => record.Id.Id == eventId)];

    public T Get<T>()
        where T : notnull =>
        _host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}

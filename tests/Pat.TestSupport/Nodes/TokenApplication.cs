using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Pat.EntityFrameworkCore;
using Xunit;

namespace Pat.TestSupport;

/// <summary>
/// A node of an application with tokens on SQLite, on a clock that the test moves. It hashes with a small Argon2id unless
/// the test says otherwise.
/// </summary>
internal sealed class TokenApplication : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly bool _ownsDatabase;
    private readonly ServiceProvider _services;
    private readonly MetricCollector<double> _hashes;

    private TokenApplication(
        TestDatabase database,
        ObservedTime time,
        TestOwners? owners,
        Action<PersonalAccessTokenOptions>? configure,
        TestFeed? feed,
        bool ownsDatabase)
    {
        (_database, _ownsDatabase, Time) = (database, ownsDatabase, time);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging().AddEventSourceLogger());
        services.AddSingleton<TimeProvider>(time);
        services.AddPooledDbContextFactory<PersonalAccessTokenDbContext>(options =>
        {
            database.Configure(options);
            options.EnableSensitiveDataLogging();
        });
        services
            .AddPersonalAccessTokenCore(options =>
            {
                SecretHashers.Small(options.Hashing);
                configure?.Invoke(options);
            })
            .AddEntityFrameworkStore<PersonalAccessTokenDbContext>();
        if (owners is not null)
        {
            services.AddSingleton<IPersonalAccessTokenOwnerSource>(owners);
        }

        if (feed is not null)
        {
            services.AddSingleton<IPersonalAccessTokenChangeFeed>(feed);
        }

        InterceptedStore.Intercept(services, time);
        _services = services.BuildServiceProvider(validateScopes: true);
        _hashes = new MetricCollector<double>(Get<IMeterFactory>(), PatMetrics.MeterName, "pat.verification.hash.duration");
    }

    public ObservedTime Time { get; }

    public PersonalAccessTokenManager Manager => Get<PersonalAccessTokenManager>();

    public InterceptedStore Store => (InterceptedStore)Get<IPersonalAccessTokenStore>();

    /// <summary>How many hashes of secrets were computed on this node.</summary>
    public int Hashes => _hashes.GetMeasurementSnapshot().Count;

    public DateTimeOffset Now => Clock.Truncate(Time.GetUtcNow());

    public static async Task<TokenApplication> CreateAsync(
        Action<PersonalAccessTokenOptions>? configure = null, TestOwners? owners = null, TestDatabase? database = null, TestFeed? feed = null)
    {
        var application = new TokenApplication(
            database ?? TestDatabase.SqliteMemory(), new ObservedTime(), owners, configure, feed, ownsDatabase: true);
        await using var context = await application.OpenAsync();
        await context.Database.EnsureCreatedAsync();
        return application;
    }

    /// <summary>Another node on the same database and clock, with nothing in its memory.</summary>
    public TokenApplication AddNode(
        Action<PersonalAccessTokenOptions>? configure = null, TestOwners? owners = null, TestFeed? feed = null) =>
        new(_database, Time, owners, configure, feed, ownsDatabase: false);

    public T Get<T>()
        where T : notnull =>
        _services.GetRequiredService<T>();

    /// <summary>What a listener of this instrument hears from now on.</summary>
    public MetricCollector<T> Measure<T>(string instrument)
        where T : struct =>
        new(Get<IMeterFactory>(), PatMetrics.MeterName, instrument);

    public IReadOnlyList<FakeLogRecord> Logged(int? eventId = null) =>
        [.. _services.GetFakeLogCollector().GetSnapshot().Where(record => eventId is null || record.Id.Id == eventId)];

    /// <summary>Creates a token that must be allowed; it expires in 30 days unless <paramref name="expiresAt"/> says otherwise.</summary>
    public async Task<(PersonalAccessToken Token, string Value)> IssueAsync(
        string owner = "alice", DateTimeOffset? expiresAt = null, string name = "ci", params string[] scopes)
    {
        var result = await Manager.CreateAsync(new PersonalAccessTokenCreation
        {
            OwnerId = owner,
            Name = name,
            Scopes = scopes.Length == 0 ? ["read"] : scopes,
            ExpiresAt = expiresAt ?? Now.AddDays(30),
        });
        Assert.True(result.Succeeded, $"{result.Failure}: {string.Join(" ", result.Errors.Values.SelectMany(messages => messages))}");
        return (result.Token, result.Value!);
    }

    public async Task<PersonalAccessTokenRefusal> RefusalOfAsync(string value) => (await Manager.VerifyAsync(value)).Refusal;

    public async Task<PersonalAccessToken> ReadAsync(Guid id) =>
        await Manager.FindAsync(id) ?? throw new InvalidOperationException("The token is gone.");

    /// <summary>Changes a row past the manager, as a damaged table would be.</summary>
    public async Task ChangeRowAsync(Guid id, Action<PersonalAccessToken> change)
    {
        await using var context = await OpenAsync();
        change(await context.Set<PersonalAccessToken>().SingleAsync(token => token.Id == id));
        await context.SaveChangesAsync();
    }

    /// <summary>Removes a row past everything, as another node's clean-up would.</summary>
    public async Task RemoveRowAsync(Guid id)
    {
        await using var context = await OpenAsync();
        await context.Set<PersonalAccessToken>().Where(token => token.Id == id).ExecuteDeleteAsync();
    }

    public async Task<int> CountRowsAsync()
    {
        await using var context = await OpenAsync();
        return await context.Set<PersonalAccessToken>().CountAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _hashes.Dispose();
        await _services.DisposeAsync();
        if (_ownsDatabase)
        {
            await _database.DisposeAsync();
        }
    }

    private Task<PersonalAccessTokenDbContext> OpenAsync() =>
        Get<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync();
}

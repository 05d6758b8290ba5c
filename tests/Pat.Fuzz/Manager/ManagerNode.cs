using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Pat.EntityFrameworkCore;
using Pat.TestSupport;

namespace Pat.Fuzz;

/// <summary>A manager and what belongs to it, over a real database that was emptied, on a clock that stands unless it is moved.</summary>
internal sealed class ManagerNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ManagerNode(TestDatabase database, Dictionary<string, ModelOwner> owners, FakeTimeProvider time)
    {
        Time = time;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(time);
        services.AddPooledDbContextFactory<PersonalAccessTokenDbContext>(database.Configure);
        services.AddSingleton<IPersonalAccessTokenOwnerSource>(new ModelOwnerSource(owners));
        var builder = services.AddPersonalAccessTokenCore(ModelOptions.Apply).AddEntityFrameworkStore<PersonalAccessTokenDbContext>();
        if (database.Provider == "PostgreSQL")
        {
            builder.UsePostgreSql();
        }

        InterceptedStore.Intercept(services, time);
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public FakeTimeProvider Time { get; }

    /// <summary>To the microsecond, as tokens know the time.</summary>
    public DateTimeOffset Now => Clock.Truncate(Time.GetUtcNow());

    public PersonalAccessTokenManager Manager => Get<PersonalAccessTokenManager>();

    public static async Task<ManagerNode> StartAsync(TestDatabase database, Dictionary<string, ModelOwner> owners)
    {
        var node = new ManagerNode(database, owners, new FakeTimeProvider(SampleTokens.Start));
        await using var context = await node.OpenAsync();
        await context.Database.EnsureCreatedAsync();
        await context.Set<PersonalAccessToken>().ExecuteDeleteAsync();
        await context.Set<PersonalAccessTokenOwnerQuota>().ExecuteDeleteAsync();
        return node;
    }

    /// <summary>Presents a value as a request does, and notes the use where it is accepted.</summary>
    public async Task<PersonalAccessTokenRefusal> PresentAsync(string value)
    {
        var verifier = Get<PersonalAccessTokenVerifier>();
        var verdict = await verifier.VerifyAsync(value, CancellationToken.None);
        if (verdict.Refusal == PersonalAccessTokenRefusal.None)
        {
            verifier.NoteUse(verdict, null);
            await Get<UsageWriter>().FlushAsync(CancellationToken.None);
        }

        return verdict.Refusal;
    }

    public Task<int> CleanAsync() => Get<PersonalAccessTokenCleanup>().RunAsync();

    /// <summary>All rows, each as a text.</summary>
    public async Task<List<string>> ReadAsync()
    {
        await using var context = await OpenAsync();
        var rows = await context.Set<PersonalAccessToken>().AsNoTracking().ToListAsync();
        return [.. rows.Select(ModelToken.Describe).Order(StringComparer.Ordinal)];
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private T Get<T>()
        where T : notnull =>
        _services.GetRequiredService<T>();

    private Task<PersonalAccessTokenDbContext> OpenAsync() =>
        Get<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync();
}

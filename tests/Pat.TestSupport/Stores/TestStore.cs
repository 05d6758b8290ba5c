using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Pat.EntityFrameworkCore;
using Xunit;

namespace Pat.TestSupport;

/// <summary>A store over a database of its own, for the tests of a class.</summary>
public abstract class TestStore : IAsyncLifetime
{
    private ServiceProvider? _services;

    public TestDatabase Database { get; private set; } = null!;

    public IServiceProvider Services => _services!;

    public IPersonalAccessTokenStore Store => Services.GetRequiredService<IPersonalAccessTokenStore>();

    public FakeTimeProvider Time { get; } = new(SampleTokens.Start);

    public async ValueTask InitializeAsync()
    {
        Database = await CreateDatabaseAsync();
        var services = new ServiceCollection();
        services.AddLogging(static logging => logging.AddEventSourceLogger());
        services.AddSingleton<TimeProvider>(Time);
        services.AddPooledDbContextFactory<PersonalAccessTokenDbContext>(Database.Configure);
        Add(services.AddPersonalAccessTokenCore().AddEntityFrameworkStore<PersonalAccessTokenDbContext>());
        _services = services.BuildServiceProvider(validateScopes: true);
        await using var context = await CreateContextAsync();
        await context.Database.EnsureCreatedAsync();
    }

    public Task<PersonalAccessTokenDbContext> CreateContextAsync() =>
        Services.GetRequiredService<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync();

    /// <summary>Removes every row.</summary>
    public async Task ClearAsync()
    {
        await using var context = await CreateContextAsync();
        await context.Set<PersonalAccessToken>().ExecuteDeleteAsync();
        await context.Set<PersonalAccessTokenOwnerQuota>().ExecuteDeleteAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        if (Database is not null)
        {
            await Database.DisposeAsync();
        }
    }

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    /// <summary>Adds what the store needs besides Entity Framework Core.</summary>
    protected virtual void Add(PersonalAccessTokenBuilder builder)
    {
    }
}

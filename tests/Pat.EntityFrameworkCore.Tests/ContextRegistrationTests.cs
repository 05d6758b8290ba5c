using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.Tests;

public sealed class ContextRegistrationTests : IAsyncDisposable
{
    private readonly TestDatabase _database = TestDatabase.SqliteFile();

    public static TheoryData<string> Kinds => [.. Registrations(null!).Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_store_works_however_the_context_is_registered(string kind)
    {
        await using var services = await StoreServices.CreateAsync<NotesDbContext>(Registrations(_database)[kind]);
        var store = services.GetRequiredService<IPersonalAccessTokenStore>();
        var limits = new PersonalAccessTokenLimits(50, 100, TimeSpan.FromHours(24));

        var tokens = Enumerable.Range(0, 16).Select(_ => SampleTokens.Create("owner")).ToList();
        await Task.WhenAll(tokens.Select(token =>
            Task.Run(() => store.AddAsync(token, limits, SampleTokens.At(SampleTokens.Start), default))));

        Assert.Equal(16, (await store.FindAsync([.. tokens.Select(token => token.Id)], default)).Count);
    }

    [Fact]
    public async Task The_store_is_one_for_the_application_and_needs_no_scope()
    {
        await using var services = await StoreServices.CreateAsync<NotesDbContext>(Registrations(_database)["AddDbContext"]);
        await using var scope = services.CreateAsyncScope();

        Assert.Same(
            services.GetRequiredService<IPersonalAccessTokenStore>(),
            scope.ServiceProvider.GetRequiredService<IPersonalAccessTokenStore>());
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static Dictionary<string, Action<IServiceCollection>> Registrations(TestDatabase database) => new()
    {
        ["AddDbContext"] = services => services.AddDbContext<NotesDbContext>(database.Configure),
        ["AddDbContextPool"] = services => services.AddDbContextPool<NotesDbContext>(database.Configure),
        ["AddDbContextFactory"] = services => services.AddDbContextFactory<NotesDbContext>(database.Configure),
        ["AddDbContextFactory, scoped"] = services =>
            services.AddDbContextFactory<NotesDbContext>(database.Configure, ServiceLifetime.Scoped),
        ["AddDbContext, with proxies"] = services => services.AddDbContext<NotesDbContext>(options =>
        {
            database.Configure(options);
            options.UseLazyLoadingProxies();
        }),
        ["AddPooledDbContextFactory"] = services => services.AddPooledDbContextFactory<NotesDbContext>(database.Configure),
    };
}

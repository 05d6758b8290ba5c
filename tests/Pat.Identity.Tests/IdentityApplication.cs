using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Pat.TestSupport;

namespace Pat.Identity.Tests;

/// <summary>An application with Identity and the owner source under test.</summary>
internal sealed class IdentityApplication<TUser, TContext> : IAsyncDisposable
    where TUser : class
    where TContext : DbContext
{
    private readonly ServiceProvider _services;

    private IdentityApplication(ServiceProvider services) => _services = services;

    public FakeTimeProvider Time => (FakeTimeProvider)_services.GetRequiredService<TimeProvider>();

    public StatementCounter Statements => _services.GetRequiredService<StatementCounter>();

    public static async Task<IdentityApplication<TUser, TContext>> StartAsync(
        TestDatabase database,
        Action<IdentityBuilder>? configure = null,
        Action<PersonalAccessTokenIdentityOptions<TUser>>? configureOwners = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(static logging => logging.AddEventSourceLogger());
        services.AddSingleton<StatementCounter>();

        // Identity's own clock is the system's.
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        services.AddDbContext<TContext>((provider, options) =>
        {
            database.Configure(options);
            options.AddInterceptors(provider.GetRequiredService<StatementCounter>());
        });
        services.AddAuthentication();
        var identity = services.AddIdentityCore<TUser>().AddSignInManager();
        configure?.Invoke(identity);
        identity.AddEntityFrameworkStores<TContext>();
        services.AddPersonalAccessTokenCore().AddIdentityOwners<TUser, TContext>(configureOwners);
        var application = new IdentityApplication<TUser, TContext>(services.BuildServiceProvider(validateScopes: true));
        await application.WithContextAsync(static context => context.Database.EnsureCreatedAsync());
        return application;
    }

    public Task<IReadOnlyDictionary<string, PersonalAccessTokenOwner>> FindAsync(params IReadOnlyCollection<string> ids) =>
        _services.GetRequiredService<IPersonalAccessTokenOwnerSource>().FindAsync(ids, TestContext.Current.CancellationToken);

    public Task<IReadOnlyDictionary<string, PersonalAccessTokenOwner>> FindWithoutClaimsAsync(params IReadOnlyCollection<string> ids) =>
        _services.GetRequiredService<IPersonalAccessTokenOwnerSource>()
            .FindWithoutClaimsAsync(ids, TestContext.Current.CancellationToken);

    public async Task<PersonalAccessTokenOwner?> FindOneAsync(string id) => (await FindAsync(id)).GetValueOrDefault(id);

    public Task WithContextAsync(Func<TContext, Task> act) => InScopeAsync(services => act(services.GetRequiredService<TContext>()));

    public Task WithUsersAsync(Func<UserManager<TUser>, Task> act) =>
        InScopeAsync(services => act(services.GetRequiredService<UserManager<TUser>>()));

    /// <summary>Changes the user with this id as an administrator's page would.</summary>
    public Task ChangeAsync(string id, Func<UserManager<TUser>, TUser, Task<IdentityResult>> change) =>
        WithUsersAsync(async users =>
        {
            var result = await change(users, (await users.FindByIdAsync(id))!);
            Assert.True(result.Succeeded, result.ToString());
        });

    public async Task InScopeAsync(Func<IServiceProvider, Task> act)
    {
        await using var scope = _services.CreateAsyncScope();
        await act(scope.ServiceProvider);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

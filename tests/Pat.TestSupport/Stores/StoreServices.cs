using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pat.TestSupport;

/// <summary>Makes the services of a small application that keeps tokens with Entity Framework Core.</summary>
public static class StoreServices
{
    /// <param name="register">Registers <typeparamref name="TContext"/>.</param>
    /// <param name="add">Adds what the store needs besides Entity Framework Core.</param>
    public static async Task<ServiceProvider> CreateAsync<TContext>(
        Action<IServiceCollection> register, Action<PersonalAccessTokenBuilder>? add = null)
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        services.AddLogging(static logging => logging.AddEventSourceLogger());
        register(services);
        var builder = services.AddPersonalAccessTokenCore().AddEntityFrameworkStore<TContext>();
        add?.Invoke(builder);
        var provider = services.BuildServiceProvider(validateScopes: true);
        await using var scope = provider.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<IDbContextFactory<TContext>>() is { } factory)
        {
            await using var context = await factory.CreateDbContextAsync();
            await context.Database.EnsureCreatedAsync();
        }
        else
        {
            await scope.ServiceProvider.GetRequiredService<TContext>().Database.EnsureCreatedAsync();
        }

        return provider;
    }
}

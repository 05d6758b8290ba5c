using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.EntityFrameworkCore;

/// <summary>
/// Takes <typeparamref name="TContext"/> from its factory where there is one, else from a scope, however the application
/// registered it: AddDbContext, AddDbContextPool, AddDbContextFactory or AddPooledDbContextFactory.
/// </summary>
internal sealed class RegisteredContextSource<TContext>(IServiceScopeFactory scopes, IServiceProviderIsService services)
    : ContextSource
    where TContext : DbContext
{
    public override Type ContextType => typeof(TContext);

    public override bool IsRegistered =>
        services.IsService(typeof(IDbContextFactory<TContext>)) || services.IsService(typeof(TContext));

    public override T Inspect<T>(Func<DbContext, T> look)
    {
        using var scope = scopes.CreateScope();
        if (scope.ServiceProvider.GetService<IDbContextFactory<TContext>>() is not { } factory)
        {
            return look(scope.ServiceProvider.GetRequiredService<TContext>());
        }

        using var context = factory.CreateDbContext();
        return look(context);
    }

    public override async Task<T> ReadAsync<T>(Func<DbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        // A connection that is opened inside an ambient transaction would enlist in it.
        using var outside = Transaction.Current is null
            ? null
            : new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            if (scope.ServiceProvider.GetService<IDbContextFactory<TContext>>() is not { } factory)
            {
                return await read(Limit(scope, scope.ServiceProvider.GetRequiredService<TContext>())).ConfigureAwait(false);
            }

            var context = await factory.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (context.ConfigureAwait(false))
            {
                return await read(Limit(scope, context)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A statement that nobody waits for any more ends soon after, and gives its connection back.</summary>
    private static TContext Limit(AsyncServiceScope scope, TContext context)
    {
        // Asked for here: the options' validators need this source.
        var limit = scope.ServiceProvider.GetRequiredService<IOptions<PersonalAccessTokenOptions>>().Value.StoreTimeout;
        context.Database.SetCommandTimeout((int)Math.Ceiling(limit.TotalSeconds));
        return context;
    }
}

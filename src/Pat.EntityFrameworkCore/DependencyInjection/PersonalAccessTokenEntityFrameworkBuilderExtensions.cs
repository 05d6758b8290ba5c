using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Pat;
using Pat.EntityFrameworkCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps personal access tokens with Entity Framework Core.</summary>
public static class PersonalAccessTokenEntityFrameworkBuilderExtensions
{
    /// <summary>
    /// Keeps tokens in the database of <typeparamref name="TContext"/>, whose <c>OnModelCreating</c> calls
    /// <see cref="PersonalAccessTokenModelBuilderExtensions.AddPersonalAccessTokens"/>. A context that lacks this, or is
    /// not registered, stops the application's start.
    /// </summary>
    /// <remarks>
    /// Every call of the store has a scope, a context and a connection of its own, and stands outside ambient
    /// transactions: it neither saves what the caller tracks nor waits for what the caller commits. The context can be
    /// registered by AddDbContext, AddDbContextPool, AddDbContextFactory or AddPooledDbContextFactory, with or without
    /// an execution strategy that retries; but with a connection string or data source, not with one open connection
    /// that all contexts share.
    /// </remarks>
    /// <typeparam name="TContext">The application's context, or <see cref="PersonalAccessTokenDbContext"/>.</typeparam>
    public static PersonalAccessTokenBuilder AddEntityFrameworkStore<TContext>(this PersonalAccessTokenBuilder builder)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<ContextSource, RegisteredContextSource<TContext>>());
        builder.Services.TryAddSingleton<IPersonalAccessTokenStore, EntityFrameworkStore>();
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PersonalAccessTokenOptions>, StoreValidator>());
        return builder;
    }
}

using System.Diagnostics.CodeAnalysis;
using Pat;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a store, owners and more to personal access tokens.</summary>
/// <param name="services">The application's services.</param>
public sealed class PersonalAccessTokenBuilder(IServiceCollection services)
{
    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>
    /// Takes what is known of tokens' owners from <typeparamref name="TSource"/>, made once for the application: one that
    /// needs scoped services creates a scope for each call.
    /// </summary>
    public PersonalAccessTokenBuilder AddOwnerSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>()
        where TSource : class, IPersonalAccessTokenOwnerSource
    {
        Services.AddSingleton<IPersonalAccessTokenOwnerSource, TSource>();
        return this;
    }
}

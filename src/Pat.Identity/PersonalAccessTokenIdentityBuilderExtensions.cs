using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Pat;
using Pat.AspNetCore;
using Pat.Identity;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Takes the owners of tokens from ASP.NET Core Identity.</summary>
public static class PersonalAccessTokenIdentityBuilderExtensions
{
    /// <summary>
    /// Takes the owners of tokens from the users that ASP.NET Core Identity keeps in <typeparamref name="TContext"/>: the
    /// tokens of a deleted or locked user are refused, and a token's principal has the user's name, email address, claims,
    /// roles and the roles' claims, under the claim types of <see cref="IdentityOptions.ClaimsIdentity"/>.
    /// </summary>
    /// <remarks>
    /// A lock counts if it ends later than <see cref="LockoutOptions.DefaultLockoutTimeSpan"/> from now, as one set by an
    /// administrator does; the short one that wrong passwords cause touches no token. The context may have roles or not and
    /// any key type that Identity takes: roles count where its model has them, whether or not <c>AddRoles</c> was called.
    /// Its query filters apply. Owners are read outside of any transaction of the caller.
    /// </remarks>
    /// <typeparam name="TUser">The application's user, derived from <see cref="IdentityUser{TKey}"/>.</typeparam>
    /// <typeparam name="TContext">The context that has the users, registered itself or by its factory.</typeparam>
    /// <param name="builder">The personal access tokens.</param>
    /// <param name="configure">Sets the options, such as the application's own flag for disabled users.</param>
    /// <exception cref="ArgumentException"><typeparamref name="TUser"/> does not derive from <see cref="IdentityUser{TKey}"/>.</exception>
    public static PersonalAccessTokenBuilder AddIdentityOwners<TUser, TContext>(
        this PersonalAccessTokenBuilder builder, Action<PersonalAccessTokenIdentityOptions<TUser>>? configure = null)
        where TUser : class
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        Type[] types = [typeof(TUser), KeyType(typeof(TUser)), typeof(TContext)];
        builder.Services.AddSingleton(
            typeof(IPersonalAccessTokenOwnerSource), typeof(IdentityOwnerSource<,,>).MakeGenericType(types));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton(
            typeof(IValidateOptions<PersonalAccessTokenOptions>), typeof(IdentityOwnerValidator<,,>).MakeGenericType(types)));
        builder.Services.TryAddEnumerable(ServiceDescriptor
            .Singleton<IPostConfigureOptions<PersonalAccessTokenAuthenticationOptions>, IdentityClaimTypes>());
        builder.Services.AddOptions<PersonalAccessTokenIdentityOptions<TUser>>();
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        return builder;
    }

    /// <summary>Whether a type is a user of Identity, with any key.</summary>
    internal static bool IsUser(Type type) => FindKeyType(type) is not null;

    private static Type KeyType(Type userType) => FindKeyType(userType)
        ?? throw new ArgumentException($"{userType} is no user of ASP.NET Core Identity: derive it from IdentityUser or IdentityUser<TKey>.");

    private static Type? FindKeyType(Type userType)
    {
        for (var type = userType; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IdentityUser<>))
            {
                return type.GenericTypeArguments[0];
            }
        }

        return null;
    }
}

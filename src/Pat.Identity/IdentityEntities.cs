using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Identity;

/// <summary>
/// The sets of Identity that a context's model has. Applications derive their own types and leave out what they don't use,
/// so the model says which there are; a set that is missing is null.
/// </summary>
internal sealed class IdentityEntities<TUser, TKey>
    where TUser : IdentityUser<TKey>
    where TKey : IEquatable<TKey>
{
    public IdentityEntities(IModel model)
    {
        Model = model;
        Users = Find<TUser>(model) ?? throw new InvalidOperationException(
            OtherUser(model) is { } other
                ? $"The context has users of type {other.ShortDisplayName()}, not {typeof(TUser).ShortDisplayName()}. Write AddIdentityOwners<{other.ShortDisplayName()}, ...>()."
                : $"The context has no {typeof(TUser)}. Name the context that derives from IdentityDbContext.");
        UserClaims = Find<IdentityUserClaim<TKey>>(model);
        UserRoles = Find<IdentityUserRole<TKey>>(model);
        Roles = Find<IdentityRole<TKey>>(model);
        RoleClaims = Find<IdentityRoleClaim<TKey>>(model);
    }

    public IModel Model { get; }

    public Func<DbContext, IQueryable<TUser>> Users { get; }

    public Func<DbContext, IQueryable<IdentityUserClaim<TKey>>>? UserClaims { get; }

    public Func<DbContext, IQueryable<IdentityUserRole<TKey>>>? UserRoles { get; }

    public Func<DbContext, IQueryable<IdentityRole<TKey>>>? Roles { get; }

    public Func<DbContext, IQueryable<IdentityRoleClaim<TKey>>>? RoleClaims { get; }

    /// <summary>The users that the application has instead.</summary>
    private static Type? OtherUser(IModel model) =>
        model.GetEntityTypes().Select(static type => type.ClrType).FirstOrDefault(PersonalAccessTokenIdentityBuilderExtensions.IsUser);

    /// <summary>The set of the entity that is, or derives from, <typeparamref name="TEntity"/>.</summary>
    private static Func<DbContext, IQueryable<TEntity>>? Find<TEntity>(IModel model)
        where TEntity : class
    {
        var found = model.FindEntityType(typeof(TEntity)) ?? model.GetEntityTypes().FirstOrDefault(
            static type => !type.HasSharedClrType && typeof(TEntity).IsAssignableFrom(type.ClrType) && type.BaseType is null);
        if (found is null)
        {
            return null;
        }

        var set = ((Func<DbContext, IQueryable<TEntity>>)Set<TEntity>).Method.GetGenericMethodDefinition();
        return set.MakeGenericMethod(found.ClrType).CreateDelegate<Func<DbContext, IQueryable<TEntity>>>();
    }

    private static DbSet<TMapped> Set<TMapped>(DbContext context)
        where TMapped : class =>
        context.Set<TMapped>();
}

using System.Linq.Expressions;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Pat.Identity;

/// <summary>Reads the users with some keys and what belongs to them: one statement for each set, however many keys there are.</summary>
internal sealed class IdentityOwnerReader<TUser, TKey>(
    DbContext context, IdentityEntities<TUser, TKey> entities, ClaimsIdentityOptions claimTypes, TKey[] keys)
    where TUser : IdentityUser<TKey>
    where TKey : IEquatable<TKey>
{
    public Task<List<IdentityOwnerRow<TKey>>> ReadUsersAsync(
        Expression<Func<TUser, bool>>? isActive, CancellationToken cancellationToken) =>
        entities.Users(context).AsNoTracking()
            .Where(user => keys.Contains(user.Id))
            .Select(RowOf(isActive ?? (static _ => true)))
            .ToListAsync(cancellationToken);

    /// <summary>The claims of users and of their roles, in the order in which Identity's claims factory adds them.</summary>
    public async Task<ILookup<TKey, Claim>> ReadClaimsAsync(CancellationToken cancellationToken)
    {
        List<(TKey User, string? Type, string? Value)> claims =
        [
            .. await ReadUserClaimsAsync(cancellationToken).ConfigureAwait(false),
            .. await ReadRolesAsync(cancellationToken).ConfigureAwait(false),
        ];

        // The columns may be null, though Identity itself never writes one.
        return claims
            .Where(static claim => claim is { Type: not null, Value: not null })
            .ToLookup(static claim => claim.User, static claim => new Claim(claim.Type!, claim.Value!));
    }

    private async Task<IEnumerable<(TKey User, string? Type, string? Value)>> ReadUserClaimsAsync(CancellationToken cancellationToken)
    {
        if (entities.UserClaims is null)
        {
            return [];
        }

        var claims = await entities.UserClaims(context).AsNoTracking()
            .Where(claim => keys.Contains(claim.UserId))
            .Select(claim => new { claim.UserId, claim.ClaimType, claim.ClaimValue })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return claims.Select(static claim => (claim.UserId, claim.ClaimType, claim.ClaimValue));
    }

    private async Task<IEnumerable<(TKey User, string? Type, string? Value)>> ReadRolesAsync(CancellationToken cancellationToken)
    {
        if (entities.UserRoles is null || entities.Roles is null)
        {
            return [];
        }

        var memberships = entities.UserRoles(context).AsNoTracking().Where(membership => keys.Contains(membership.UserId));
        var roles = await memberships
            .Join(
                entities.Roles(context).AsNoTracking(),
                static membership => membership.RoleId,
                static role => role.Id,
                static (membership, role) => new { membership.UserId, role.Id, role.Name })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (roles.Count == 0)
        {
            return [];
        }

        var roleClaims = await ReadRoleClaimsAsync(memberships, cancellationToken).ConfigureAwait(false);
        return roles.SelectMany(role => roleClaims[role.Id]
            .Select(claim => (role.UserId, claim.Type, claim.Value))
            .Prepend((role.UserId, claimTypes.RoleClaimType, role.Name)));
    }

    /// <summary>The claims of each role that one of the users has, once for each role and not for each user.</summary>
    private async Task<ILookup<TKey, (string? Type, string? Value)>> ReadRoleClaimsAsync(
        IQueryable<IdentityUserRole<TKey>> memberships, CancellationToken cancellationToken)
    {
        if (entities.RoleClaims is null)
        {
            return Array.Empty<(TKey Role, string? Type, string? Value)>()
                .ToLookup(static claim => claim.Role, static claim => (claim.Type, claim.Value));
        }

        var claims = await entities.RoleClaims(context).AsNoTracking()
            .Where(claim => memberships.Any(membership => membership.RoleId.Equals(claim.RoleId)))
            .Select(claim => new { claim.RoleId, claim.ClaimType, claim.ClaimValue })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return claims.ToLookup(static claim => claim.RoleId, static claim => (claim.ClaimType, claim.ClaimValue));
    }

    /// <summary>The projection of a user, with the application's own condition as a part of it.</summary>
    private static Expression<Func<TUser, IdentityOwnerRow<TKey>>> RowOf(Expression<Func<TUser, bool>> isActive)
    {
        Expression<Func<TUser, bool, IdentityOwnerRow<TKey>>> row = static (user, active) => new IdentityOwnerRow<TKey>
        {
            Id = user.Id,
            UserName = user.UserName,
            Email = user.Email,
            SecurityStamp = user.SecurityStamp,
            LockoutEnabled = user.LockoutEnabled,
            LockoutEnd = user.LockoutEnd,
            IsActive = active,
        };
        var body = ReplacingExpressionVisitor.Replace(row.Parameters[1], isActive.Body, row.Body);
        body = ReplacingExpressionVisitor.Replace(isActive.Parameters[0], row.Parameters[0], body);
        return Expression.Lambda<Func<TUser, IdentityOwnerRow<TKey>>>(body, row.Parameters[0]);
    }
}

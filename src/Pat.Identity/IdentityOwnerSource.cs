using System.ComponentModel;
using System.Security.Claims;
using System.Transactions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.Identity;

/// <summary>
/// Owners from ASP.NET Core Identity, read from its tables in at most four statements for any number of owners, and in
/// one where their claims are not wanted.
/// </summary>
internal sealed class IdentityOwnerSource<TUser, TKey, TContext>(
    IServiceScopeFactory scopes,
    IOptions<IdentityOptions> identityOptions,
    IOptions<PersonalAccessTokenIdentityOptions<TUser>> options,
    TimeProvider time) : IPersonalAccessTokenOwnerSource
    where TUser : IdentityUser<TKey>
    where TKey : IEquatable<TKey>
    where TContext : DbContext
{
    /// <summary>
    /// How far the clocks of two nodes may be apart: a lock-out that wrong passwords caused on a node ahead of this one must
    /// not look like an administrator's.
    /// </summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    private static readonly TypeConverter KeyConverter = TypeDescriptor.GetConverter(typeof(TKey));

    private readonly IdentityOptions _identity = identityOptions.Value;
    private readonly PersonalAccessTokenIdentityOptions<TUser> _options = options.Value;
    private IdentityEntities<TUser, TKey>? _entities;

    public Task<IReadOnlyDictionary<string, PersonalAccessTokenOwner>> FindAsync(
        IReadOnlyCollection<string> ownerIds, CancellationToken cancellationToken) =>
        FindAsync(ownerIds, withClaims: true, cancellationToken);

    public Task<IReadOnlyDictionary<string, PersonalAccessTokenOwner>> FindWithoutClaimsAsync(
        IReadOnlyCollection<string> ownerIds, CancellationToken cancellationToken) =>
        FindAsync(ownerIds, withClaims: false, cancellationToken);

    private async Task<IReadOnlyDictionary<string, PersonalAccessTokenOwner>> FindAsync(
        IReadOnlyCollection<string> ownerIds, bool withClaims, CancellationToken cancellationToken)
    {
        var keys = KeysOf(ownerIds);
        var owners = new Dictionary<string, PersonalAccessTokenOwner>(keys.Count);
        if (keys.Count == 0)
        {
            return owners;
        }

        // A caller's transaction must neither wait for these reads nor show them what it has not committed.
        using var suppression = Transaction.Current is null
            ? null
            : new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            if (scope.ServiceProvider.GetService<IDbContextFactory<TContext>>() is { } factory)
            {
                var context = await factory.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
                await using (context.ConfigureAwait(false))
                {
                    await ReadAsync(context, keys, withClaims, owners, cancellationToken).ConfigureAwait(false);
                }
            }
            else
            {
                var context = scope.ServiceProvider.GetRequiredService<TContext>();
                await ReadAsync(context, keys, withClaims, owners, cancellationToken).ConfigureAwait(false);
            }
        }

        return owners;
    }

    /// <summary>
    /// Each id's key. An id that is none belongs to no user, nor does one in another spelling than Identity's own: limits
    /// and revocations go by the text.
    /// </summary>
    private static Dictionary<string, TKey> KeysOf(IReadOnlyCollection<string> ownerIds)
    {
        var keys = new Dictionary<string, TKey>(ownerIds.Count);
        foreach (var id in ownerIds)
        {
            if (KeyConverter.IsValid(id)
                && KeyConverter.ConvertFromInvariantString(id) is TKey key
                && KeyConverter.ConvertToInvariantString(key) == id)
            {
                keys[id] = key;
            }
        }

        return keys;
    }

    private async Task ReadAsync(
        TContext context,
        Dictionary<string, TKey> keys,
        bool withClaims,
        Dictionary<string, PersonalAccessTokenOwner> owners,
        CancellationToken cancellationToken)
    {
        var reader = new IdentityOwnerReader<TUser, TKey>(
            context, EntitiesOf(context), _identity.ClaimsIdentity, [.. keys.Values.Distinct()]);

        // Kept open, or each statement would take a connection from the pool and give it back.
        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var users = await reader.ReadUsersAsync(_options.IsActive, cancellationToken).ConfigureAwait(false);
        if (users.Count == 0)
        {
            return;
        }

        var claims = withClaims ? await reader.ReadClaimsAsync(cancellationToken).ConfigureAwait(false) : null;
        var usersByKey = users.ToDictionary(static user => user.Id);
        foreach (var (id, key) in keys)
        {
            if (usersByKey.TryGetValue(key, out var user))
            {
                owners[id] = OwnerOf(id, user, claims is null ? [] : [.. NamesOf(user), .. claims[key]]);
            }
        }
    }

    private IdentityEntities<TUser, TKey> EntitiesOf(TContext context)
    {
        if (_entities is { } known && known.Model == context.Model)
        {
            return known;
        }

        return _entities = new IdentityEntities<TUser, TKey>(context.Model);
    }

    private PersonalAccessTokenOwner OwnerOf(string id, IdentityOwnerRow<TKey> user, IReadOnlyList<Claim> claims) => new()
    {
        Id = id,
        IsActive = user.IsActive && !IsLockedByAdministrator(user),
        SecurityStamp = user.SecurityStamp,
        Claims = claims,
    };

    private bool IsLockedByAdministrator(IdentityOwnerRow<TKey> user) =>
        user is { LockoutEnabled: true, LockoutEnd: { } end }
        && end - time.GetUtcNow() > _identity.Lockout.DefaultLockoutTimeSpan + ClockTolerance;

    private IEnumerable<Claim> NamesOf(IdentityOwnerRow<TKey> user)
    {
        var types = _identity.ClaimsIdentity;
        if (!string.IsNullOrEmpty(user.UserName))
        {
            yield return new Claim(types.UserNameClaimType, user.UserName);
        }

        if (!string.IsNullOrEmpty(user.Email))
        {
            yield return new Claim(types.EmailClaimType, user.Email);
        }
    }
}

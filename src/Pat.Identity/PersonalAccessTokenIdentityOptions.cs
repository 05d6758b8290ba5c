using System.Linq.Expressions;

namespace Pat.Identity;

/// <summary>What besides ASP.NET Core Identity's own data decides about an owner of tokens.</summary>
/// <typeparam name="TUser">The application's user.</typeparam>
public sealed class PersonalAccessTokenIdentityOptions<TUser>
    where TUser : class
{
    /// <summary>
    /// Whether a user may act, where the application has a flag of its own for it, for example
    /// <c>user => !user.IsDisabled</c>. It becomes part of the query that reads the users, so it may follow navigations.
    /// Default: null, which leaves it to Identity's lock.
    /// </summary>
    public Expression<Func<TUser, bool>>? IsActive { get; set; }
}

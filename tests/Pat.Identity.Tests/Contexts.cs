using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Pat.Identity.Tests;

/// <summary>The usual one.</summary>
public sealed class PeopleContext(DbContextOptions<PeopleContext> options) : IdentityDbContext<Person>(options);

/// <summary>Users without roles.</summary>
public sealed class RolelessContext(DbContextOptions<RolelessContext> options) : IdentityUserContext<Person>(options);

/// <summary>Guid keys.</summary>
public sealed class GuidContext(DbContextOptions<GuidContext> options)
    : IdentityDbContext<IdentityUser<Guid>, IdentityRole<Guid>, Guid>(options);

/// <summary>Whole numbers as keys.</summary>
public sealed class NumberContext(DbContextOptions<NumberContext> options)
    : IdentityDbContext<IdentityUser<int>, IdentityRole<int>, int>(options);

/// <summary>An entity of the application's own in the place of one of Identity's.</summary>
public sealed class ExtendedContext(DbContextOptions<ExtendedContext> options)
    : IdentityDbContext<
        Person, IdentityRole, string, IdentityUserClaim<string>, PersonRole, IdentityUserLogin<string>, IdentityRoleClaim<string>,
        IdentityUserToken<string>>(options);

/// <summary>One that has no users at all.</summary>
public sealed class UserlessContext(DbContextOptions<UserlessContext> options) : DbContext(options);

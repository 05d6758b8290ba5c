using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Pat.EntityFrameworkCore;

namespace Pat.Identity.Tests;

/// <summary>Users and their tokens.</summary>
public sealed class SessionContext(DbContextOptions<SessionContext> options) : IdentityDbContext<Person>(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.AddPersonalAccessTokens();
    }
}

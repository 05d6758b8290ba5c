using Microsoft.EntityFrameworkCore;

namespace Pat.Identity.Tests;

/// <summary>A factory that an application registered.</summary>
internal sealed class CountingContextFactory(DbContextOptions<PeopleContext> options) : IDbContextFactory<PeopleContext>
{
    public int Created { get; private set; }

    public PeopleContext CreateDbContext()
    {
        Created++;
        return new PeopleContext(options);
    }
}

using Microsoft.EntityFrameworkCore;
using Pat.EntityFrameworkCore;

namespace Pat.TestSupport;

/// <summary>An application's context, which has tokens beside its own tables, in a schema of its own.</summary>
public sealed class NotesDbContext(DbContextOptions<NotesDbContext> options) : DbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema("acme");
        modelBuilder.AddPersonalAccessTokens();
    }
}

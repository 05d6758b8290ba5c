using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Pat.EntityFrameworkCore;
using TaskApi.Accounts;
using TaskApi.Tasks;

namespace TaskApi;

/// <summary>The application's context. Each database has its own migrations, and a context derived from this one that owns them.</summary>
public abstract class AppDbContext(DbContextOptions options) : IdentityDbContext<AppUser>(options)
{
    public DbSet<TaskItem> Tasks => Set<TaskItem>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.AddPersonalAccessTokens();
        builder.Entity<TaskItem>(task =>
        {
            task.Property(t => t.Name).HasMaxLength(TaskItem.MaxNameLength);
            task.HasIndex(t => t.OwnerId);
            task.HasOne<AppUser>().WithMany().HasForeignKey(t => t.OwnerId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}

using Microsoft.EntityFrameworkCore;

namespace Pat.Benchmarks.Peers;

internal sealed class ApiTokenDbContext(DbContextOptions<ApiTokenDbContext> options) : DbContext(options)
{
    public DbSet<ApiToken> Tokens => Set<ApiToken>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<ApiToken>(token =>
    {
        token.HasIndex(t => t.Hash).IsUnique();
        token.HasIndex(t => t.UserId);
        token.Property(t => t.UserId).HasMaxLength(450);
        token.Property(t => t.Name).HasMaxLength(100);
        token.Property(t => t.Hash).HasMaxLength(32);
    });
}

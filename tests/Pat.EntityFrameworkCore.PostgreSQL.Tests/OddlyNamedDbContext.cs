using Microsoft.EntityFrameworkCore;

namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

/// <summary>Names that would end a statement, or a format string, if they were not quoted.</summary>
public sealed class OddlyNamedDbContext(DbContextOptions<OddlyNamedDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddPersonalAccessTokens(tables =>
        {
            tables.Schema = "ac\"me; DROP";
            tables.TableName = "to\"kens {0} @ids 'a'";
            tables.OwnerQuotaTableName = "quo\"tas {1}";
        });
        var token = modelBuilder.Entity<PersonalAccessToken>();
        token.Property(t => t.LastUsedAt).HasColumnName("last\" {used} at");
        token.Property(t => t.RevokedAt).HasColumnName("revoked_at");
        token.Property(t => t.Id).HasColumnName("i\"d");
    }
}

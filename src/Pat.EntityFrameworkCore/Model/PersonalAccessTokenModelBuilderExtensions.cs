using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Pat.EntityFrameworkCore;

/// <summary>Adds the tables of personal access tokens to an application's model.</summary>
public static class PersonalAccessTokenModelBuilderExtensions
{
    /// <summary>
    /// Every update of a row finds room on its own page, and no index mentions what a use changes: so PostgreSQL notes
    /// uses as heap-only updates. Other providers ignore the annotation.
    /// </summary>
    private const int FillFactor = 85;

    // SQLite can't compare a DateTimeOffset, and PostgreSQL keeps a UTC DateTime as timestamp with time zone: one
    // conversion serves all providers, and the model needs not know which it is for.
    private static readonly ValueConverter<DateTimeOffset, DateTime> Utc = new(
        time => time.UtcDateTime,
        time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)));

    /// <summary>
    /// Adds the tables of personal access tokens. Call it in <c>OnModelCreating</c> of the context that
    /// <c>AddEntityFrameworkStore</c> names, and add a migration.
    /// </summary>
    /// <param name="modelBuilder">The application's model.</param>
    /// <param name="configure">Sets the tables' schema and names.</param>
    public static ModelBuilder AddPersonalAccessTokens(
        this ModelBuilder modelBuilder, Action<PersonalAccessTokenTableOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        var tables = new PersonalAccessTokenTableOptions();
        configure?.Invoke(tables);

        modelBuilder.Entity<PersonalAccessToken>(token => Map(token, tables));
        modelBuilder.Entity<PersonalAccessTokenOwnerQuota>(quota => Map(quota, tables));
        return modelBuilder;
    }

    private static void Map(EntityTypeBuilder<PersonalAccessToken> token, PersonalAccessTokenTableOptions tables)
    {
        token.ToTable(tables.TableName, tables.Schema);
        token.HasAnnotation("Npgsql:StorageParameter:fillfactor", FillFactor);
        token.HasKey(t => t.Id);
        token.HasIndex(t => t.OwnerId);

        token.Property(t => t.Id).ValueGeneratedNever();
        token.Property(t => t.OwnerId).HasMaxLength(PersonalAccessToken.MaxOwnerIdLength);
        token.Property(t => t.Name).HasMaxLength(PersonalAccessToken.MaxNameLength);
        token.PrimitiveCollection(t => t.Scopes);
        token.Property(t => t.SecretHash).HasMaxLength(512);
        token.Property(t => t.SecretTag).HasMaxLength(8);
        token.Property(t => t.PreviousSecretHash).HasMaxLength(512);
        token.Property(t => t.PreviousSecretTag).HasMaxLength(8);
        token.Property(t => t.OwnerStamp).HasMaxLength(32);
        token.Property(t => t.LastUsedAddress).HasMaxLength(64);
        token.Property(t => t.RevokedReason).HasMaxLength(PersonalAccessToken.MaxReasonLength);

        token.Property(t => t.SecretCreatedAt).HasConversion(Utc);
        token.Property(t => t.PreviousSecretExpiresAt).HasConversion(Utc);
        token.Property(t => t.CreatedAt).HasConversion(Utc);
        token.Property(t => t.UpdatedAt).HasConversion(Utc);
        token.Property(t => t.ExpiresAt).HasConversion(Utc);
        token.Property(t => t.LastUsedAt).HasConversion(Utc);
        token.Property(t => t.RevokedAt).HasConversion(Utc);
    }

    private static void Map(EntityTypeBuilder<PersonalAccessTokenOwnerQuota> quota, PersonalAccessTokenTableOptions tables)
    {
        quota.ToTable(tables.OwnerQuotaTableName, tables.Schema);
        quota.HasKey(q => q.OwnerId);
        quota.Property(q => q.OwnerId).HasMaxLength(PersonalAccessToken.MaxOwnerIdLength);
        quota.Property(q => q.CountedUntil).HasConversion(Utc);
    }
}

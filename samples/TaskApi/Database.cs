using Microsoft.EntityFrameworkCore;
using TaskApi.Accounts;
using TaskApi.Migrations.PostgreSql;
using TaskApi.Migrations.Sqlite;

namespace TaskApi;

/// <summary>The database: a SQLite file of its own, or PostgreSQL when the configuration says so.</summary>
internal static class Database
{
    public static DatabaseProvider AddDatabase(this WebApplicationBuilder builder)
    {
        var provider = builder.Configuration.GetValue("Database:Provider", DatabaseProvider.Sqlite);
        var connectionString = builder.Configuration.GetConnectionString("Default");
        if (provider == DatabaseProvider.PostgreSQL)
        {
            builder.Services.AddDbContext<AppDbContext, PostgreSqlDbContext>(
                options => Configure(options.UseNpgsql(connectionString), builder));
        }
        else
        {
            connectionString ??= $"Data Source={Path.Combine(builder.Environment.ContentRootPath, "tasks.db")}";
            builder.Services.AddDbContext<AppDbContext, SqliteDbContext>(
                options => Configure(options.UseSqlite(connectionString), builder));
        }

        return provider;
    }

    /// <summary>Brings the database up to the newest migration. Copies that start together take turns.</summary>
    public static async Task MigrateDatabaseAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.MigrateAsync();
    }

    private static void Configure(DbContextOptionsBuilder options, WebApplicationBuilder builder)
    {
        options.EnableSensitiveDataLogging(builder.Configuration.GetValue<bool>("Database:SensitiveDataLogging"));
        if (builder.Environment.IsDevelopment())
        {
            // A part of the migration, so that copies that start together add the users once.
            options.UseAsyncSeeding(
                (context, _, cancellationToken) => DevelopmentUsers.AddAsync((AppDbContext)context, cancellationToken));
        }
    }
}

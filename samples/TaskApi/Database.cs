using Microsoft.EntityFrameworkCore;
using TaskApi.Accounts;
using TaskApi.Migrations.PostgreSql;
using TaskApi.Migrations.Sqlite;

namespace TaskApi;

/// <summary>The database: a SQLite file of its own, or PostgreSQL when the configuration says so.</summary>
internal static class Database
{
    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        var provider = builder.Configuration["Database:Provider"] ?? "Sqlite";
        var connectionString = builder.Configuration.GetConnectionString("Default");
        switch (provider.ToUpperInvariant())
        {
            case "SQLITE":
                connectionString ??= $"Data Source={Path.Combine(builder.Environment.ContentRootPath, "tasks.db")}";
                builder.Services.AddDbContext<AppDbContext, SqliteDbContext>(
                    options => options.UseSqlite(connectionString).ForDevelopers(builder.Environment));
                break;

            case "POSTGRESQL":
                builder.Services.AddDbContext<AppDbContext, PostgreSqlDbContext>(
                    options => options.UseNpgsql(connectionString).ForDevelopers(builder.Environment));
                break;

            default:
                throw new InvalidOperationException($"Database:Provider is '{provider}'; it can be Sqlite or PostgreSQL.");
        }
    }

    /// <summary>Brings the database up to the newest migration. Copies that start together take turns.</summary>
    public static async Task CreateDatabaseAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.MigrateAsync();
    }

    private static void ForDevelopers(this DbContextOptionsBuilder options, IHostEnvironment environment)
    {
        if (environment.IsDevelopment())
        {
            options.EnableSensitiveDataLogging();
            options.UseAsyncSeeding((context, _, cancellationToken) => DevelopmentUsers.AddAsync((AppDbContext)context, cancellationToken));
        }
    }
}

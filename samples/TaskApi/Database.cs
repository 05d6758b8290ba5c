using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using TaskApi.Accounts;
using TaskApi.Migrations.PostgreSql;
using TaskApi.Migrations.Sqlite;

namespace TaskApi;

/// <summary>The database: a SQLite file of its own, or PostgreSQL when the configuration says so.</summary>
internal static class Database
{
    public static DatabaseProvider AddDatabase(this WebApplicationBuilder builder)
    {
        var name = builder.Configuration["Database:Provider"] ?? nameof(DatabaseProvider.Sqlite);
        if (!Enum.TryParse<DatabaseProvider>(name, ignoreCase: true, out var provider) || !Enum.IsDefined(provider))
        {
            throw new InvalidOperationException(
                $"Database:Provider is '{name}'. Set it to {string.Join(" or ", Enum.GetNames<DatabaseProvider>())}.");
        }

        var connectionString = builder.Configuration.GetConnectionString("Default");
        if (provider == DatabaseProvider.PostgreSQL)
        {
            if (string.IsNullOrEmpty(connectionString))
            {
                throw new InvalidOperationException(
                    "Database:Provider is PostgreSQL, so say where it is: ConnectionStrings:Default, such as \"Host=localhost;Username=postgres;Password=postgres;Database=tasks\".");
            }

            builder.Services.AddDbContextPool<AppDbContext, PostgreSqlDbContext>(
                options => Configure(options.UseNpgsql(connectionString), builder.Configuration));
        }
        else
        {
            connectionString ??= $"Data Source={Path.Combine(builder.Environment.ContentRootPath, "tasks.db")}";
            builder.Services.AddDbContextPool<AppDbContext, SqliteDbContext>(
                options => Configure(options.UseSqlite(connectionString), builder.Configuration));
        }

        return provider;
    }

    /// <summary>Brings the database up to the newest migration. Copies that start together take turns.</summary>
    /// <returns>False where PostgreSQL does not answer, which it says on standard error.</returns>
    public static async Task<bool> TryMigrateDatabaseAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        try
        {
            await MigrateAsync(context);
        }
        catch (NpgsqlException exception) when (exception is not PostgresException)
        {
            // Whoever tries the sample made no mistake in it that a stack trace would show.
            var server = new NpgsqlConnectionStringBuilder(context.Database.GetConnectionString());
            await Console.Error.WriteLineAsync(
                $"PostgreSQL at {server.Host}:{server.Port} does not answer: start it, or leave the arguments out for SQLite.");
            return false;
        }

        if (app.Environment.IsDevelopment())
        {
            await DevelopmentUsers.AddAsync(context);
        }

        return true;
    }

    private static async Task MigrateAsync(AppDbContext context)
    {
        try
        {
            await context.Database.MigrateAsync();
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another copy created the database meanwhile; the schema is made under a lock.
            await context.Database.MigrateAsync();
        }
    }

    private static void Configure(DbContextOptionsBuilder options, IConfiguration configuration)
    {
        options.EnableSensitiveDataLogging(configuration.GetValue<bool>("Database:SensitiveDataLogging"));

        // What fails throws, and the first migration of all begins with it: it looks for a database and for its own history.
        options.ConfigureWarnings(warnings => warnings.Log(
            (RelationalEventId.CommandError, LogLevel.Information), (RelationalEventId.ConnectionError, LogLevel.Information)));
    }
}

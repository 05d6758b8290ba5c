using Microsoft.EntityFrameworkCore;

namespace TaskApi.Migrations.Sqlite;

public sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options) : AppDbContext(options);

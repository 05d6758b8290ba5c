using Microsoft.EntityFrameworkCore;

namespace TaskApi.Migrations.PostgreSql;

public sealed class PostgreSqlDbContext(DbContextOptions<PostgreSqlDbContext> options) : AppDbContext(options);

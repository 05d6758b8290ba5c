using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace TaskApi.Tests;

// Its own context is abstract; and there are two programs here, where any type says which assembly is meant.
using AppDbContext = TaskApi.Migrations.Sqlite.SqliteDbContext;
using Program = TaskApi.AppDbContext;

/// <summary>The application with migrations of docs/testing.md, as it stands there.</summary>
public sealed class MigratedFactory : WebApplicationFactory<Program>
{
    private readonly string _database = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.db");

    public MigratedFactory()
    {
        using var context = new AppDbContext(new DbContextOptionsBuilder<AppDbContext>().UseSqlite(ConnectionString).Options);
        context.Database.Migrate();
    }

    private string ConnectionString => $"Data Source={_database};Pooling=False";

    protected override void ConfigureWebHost(IWebHostBuilder builder) =>
        builder.ConfigureTestServices(services =>
        {
            services.AddPersonalAccessTokenTesting();
            services.ConfigureDbContext<AppDbContext>(o => o.UseSqlite(ConnectionString));
        });

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        File.Delete(_database);
    }
}

using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pat.EntityFrameworkCore;

namespace Pat.Testing.Tests;

/// <summary>The application of docs/testing.md: the one of the README, with a database of its own.</summary>
public sealed class TasksFactory : WebApplicationFactory<Program>
{
    private readonly string _database = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.db");

    protected override void ConfigureWebHost(IWebHostBuilder builder) =>
        builder.ConfigureTestServices(services =>
        {
            services.AddPersonalAccessTokenTesting();
            services.ConfigureDbContext<PersonalAccessTokenDbContext>(o => o.UseSqlite($"Data Source={_database};Pooling=False"));
        });

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        File.Delete(_database);
    }
}

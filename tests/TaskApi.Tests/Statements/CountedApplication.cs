using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pat;
using Pat.TestSupport;
using TaskApi.Accounts;
using TaskApi.Migrations.PostgreSql;

namespace TaskApi.Tests;

/// <summary>
/// An application in this process with the users and the tables of the sample on PostgreSQL, an endpoint that needs no
/// database itself, and every statement counted.
/// </summary>
internal sealed class CountedApplication : IAsyncDisposable
{
    public const string Endpoint = "/ping";

    private readonly WebApplication _app;
    private readonly TestDatabase _database;

    private CountedApplication(WebApplication app, TestDatabase database)
    {
        (_app, _database) = (app, database);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public StatementLog Statements => _app.Services.GetRequiredService<StatementLog>();

    public static async Task<CountedApplication> StartAsync(TestDatabase database)
    {
        var statements = new StatementLog();
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(statements);
        builder.Services.AddDbContextPool<AppDbContext, PostgreSqlDbContext>(options =>
        {
            database.Configure(options);
            options.AddInterceptors(statements);
        });
        builder.Services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        builder.Services.AddAuthorization();
        builder.Services.AddIdentityCore<AppUser>().AddRoles<IdentityRole>().AddEntityFrameworkStores<AppDbContext>();
        builder.Services
            .AddPersonalAccessTokens(options => options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Sha256)
            .AddEntityFrameworkStore<AppDbContext>()
            .AddIdentityOwners<AppUser, AppDbContext>()
            .UsePostgreSql();

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet(Endpoint, () => "pong").RequireScope("read");
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.MigrateAsync();
        }

        await app.StartAsync();
        return new CountedApplication(app, database);
    }

    /// <summary>Creates users with two tokens each, and gives the tokens' values.</summary>
    public async Task<List<string>> CreateTokensAsync(int users)
    {
        var values = new List<string>();
        await using var scope = _app.Services.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        for (var number = 0; number < users; number++)
        {
            var user = new AppUser { UserName = $"user{number}", Email = $"user{number}@example.com" };
            Assert.True((await manager.CreateAsync(user)).Succeeded);
            values.Add(await CreateTokenAsync(user.Id));
            values.Add(await CreateTokenAsync(user.Id));
        }

        return values;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<string> CreateTokenAsync(string owner)
    {
        var result = await _app.Services.GetRequiredService<PersonalAccessTokenManager>().CreateAsync(new()
        {
            OwnerId = owner, Name = "ci", Scopes = ["read"], ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
        });
        Assert.True(result.Succeeded);
        return result.Value!;
    }
}

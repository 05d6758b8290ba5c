using Microsoft.EntityFrameworkCore;
using Pat.TestSupport;
using TaskApi.Migrations.PostgreSql;
using TaskApi.Migrations.Sqlite;

namespace TaskApi.Tests;

/// <summary>One running application, with a database of its own, for the tests of a class.</summary>
public abstract class TaskApiFixture : IAsyncLifetime
{
    /// <summary>How old what the application knows of a token may be: short, so that no test waits for long.</summary>
    public static readonly TimeSpan MaxStaleness = TimeSpan.FromSeconds(1);

    private TestDatabase _database = null!;
    private RunningTaskApi _application = null!;
    private int _users;

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    public HttpClient CreateClient() => _application.CreateClient();

    /// <summary>Somebody new, signed in.</summary>
    public async Task<Caller> RegisterAsync()
    {
        var caller = new Caller(CreateClient(), $"user{Interlocked.Increment(ref _users)}@example.com");
        await caller.RegisterAsync();
        await caller.SignInAsync();
        return caller;
    }

    /// <summary>One of the users that Development brings, signed in.</summary>
    public async Task<Caller> SignInAsync(string email)
    {
        var caller = new Caller(CreateClient(), email);
        await caller.SignInAsync();
        return caller;
    }

    /// <summary>Changes the database beside the application, as an administrator's tool would.</summary>
    public async Task AdministerAsync(Func<AppDbContext, Task> change)
    {
        await using var context = CreateContext();
        await change(context);
    }

    public async ValueTask InitializeAsync()
    {
        _database = await CreateDatabaseAsync();
        _application = await RunningTaskApi.StartAsync(
            _database, $"--Authentication:Schemes:PersonalAccessToken:MaxStaleness={MaxStaleness}");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _application.DisposeAsync();
        await _database.DisposeAsync();
    }

    private AppDbContext CreateContext()
    {
        if (_database.Provider == "Sqlite")
        {
            var options = new DbContextOptionsBuilder<SqliteDbContext>();
            _database.Configure(options);
            return new SqliteDbContext(options.Options);
        }
        else
        {
            var options = new DbContextOptionsBuilder<PostgreSqlDbContext>();
            _database.Configure(options);
            return new PostgreSqlDbContext(options.Options);
        }
    }
}

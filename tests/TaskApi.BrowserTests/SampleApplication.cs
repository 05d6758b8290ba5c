using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Pat;
using Pat.TestSupport;
using TaskApi.Migrations.Sqlite;

namespace TaskApi.BrowserTests;

/// <summary>The sample, running, on a SQLite file, for all tests that leave it whole. Each test brings people of its own.</summary>
public sealed class SampleApplication : IAsyncLifetime
{
    private readonly TestDatabase _database = TestDatabase.SqliteFile();
    private RunningTaskApi _application = null!;
    private int _people;

    public Uri Address => _application.Address;

    public HttpClient CreateClient() => _application.CreateClient();

    /// <summary>Somebody new, who has no tasks and no tokens.</summary>
    public async Task<Person> RegisterAsync()
    {
        var person = new Person($"person{Interlocked.Increment(ref _people)}@example.com");
        using var http = CreateClient();
        var response = await http.PostAsJsonAsync("/api/auth/register", new { person.Email, Person.Password });
        response.EnsureSuccessStatusCode();
        return person;
    }

    /// <summary>Changes somebody's password, from somewhere else than their browser. It ends their sessions.</summary>
    public async Task ChangePasswordAsync(Person person, string password)
    {
        using var http = CreateClient();
        var signedIn = await http.PostAsJsonAsync("/api/auth/login?useCookies=true", new { person.Email, Person.Password });
        signedIn.EnsureSuccessStatusCode();
        var changed = await http.PostAsJsonAsync("/api/auth/manage/info", new { OldPassword = Person.Password, NewPassword = password });
        changed.EnsureSuccessStatusCode();
    }

    /// <summary>Changes somebody's tokens beside the application, to what only time would make of them.</summary>
    public async Task ChangeTokensAsync(Person person, Func<IQueryable<PersonalAccessToken>, Task> change)
    {
        var options = new DbContextOptionsBuilder<SqliteDbContext>();
        _database.Configure(options);
        await using var context = new SqliteDbContext(options.Options);
        var id = await context.Users.Where(user => user.Email == person.Email).Select(user => user.Id).SingleAsync();
        await change(context.Set<PersonalAccessToken>().Where(token => token.OwnerId == id));
    }

    public async ValueTask InitializeAsync() => _application = await RunningTaskApi.StartAsync(_database);

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await _database.DisposeAsync();
    }
}

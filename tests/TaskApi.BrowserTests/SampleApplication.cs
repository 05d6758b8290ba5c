using System.Net.Http.Json;
using Pat.TestSupport;

namespace TaskApi.BrowserTests;

/// <summary>The sample, running, on a SQLite file, for all tests that leave it whole. Each test brings people of its own.</summary>
public sealed class SampleApplication : IAsyncLifetime
{
    private readonly TestDatabase _database = TestDatabase.SqliteFile();
    private RunningTaskApi _application = null!;
    private int _people;

    public Uri Address => _application.Address;

    public HttpClient CreateClient() => _application.CreateClient();

    /// <summary>Somebody new, who has no tasks.</summary>
    public async Task<Person> RegisterAsync()
    {
        var person = new Person($"person{Interlocked.Increment(ref _people)}@example.com");
        using var http = CreateClient();
        var response = await http.PostAsJsonAsync("/api/auth/register", new { person.Email, Person.Password });
        response.EnsureSuccessStatusCode();
        return person;
    }

    public async ValueTask InitializeAsync() => _application = await RunningTaskApi.StartAsync(_database);

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await _database.DisposeAsync();
    }
}

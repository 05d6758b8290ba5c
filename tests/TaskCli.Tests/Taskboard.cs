using Pat.TestSupport;

namespace TaskCli.Tests;

/// <summary>A running TaskApi, for all tests.</summary>
public sealed class Taskboard : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private RunningTaskApi _application = null!;
    private int _users;

    public Uri Address => _application.Address;

    /// <summary>Somebody new, signed in, without tasks.</summary>
    public async Task<Caller> RegisterAsync()
    {
        var caller = new Caller(_application.CreateClient(), $"user{Interlocked.Increment(ref _users)}@example.com");
        await caller.RegisterAsync();
        await caller.SignInAsync();
        return caller;
    }

    /// <summary>The value of a token of somebody new.</summary>
    public async Task<string> CreateTokenAsync(params string[] scopes) =>
        await (await RegisterAsync()).CreateTokenValueAsync(scopes);

    public async ValueTask InitializeAsync()
    {
        _database = TestDatabase.SqliteFile();
        _application = await RunningTaskApi.StartAsync(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await _database.DisposeAsync();
    }
}

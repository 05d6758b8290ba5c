using System.Net;
using System.Text.Json;
using Pat.TestSupport;

namespace Pat.History.Tests;

/// <summary>A node of a weakened build with one token, which it has accepted.</summary>
internal sealed class WeakenedNode : IAsyncDisposable
{
    private const string MaxStaleness = "--Authentication:Schemes:PersonalAccessToken:MaxStaleness";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly RunningTaskApi _application;
    private readonly HttpClient _script;
    private readonly Caller _owner;
    private JsonElement _token;

    private WeakenedNode(RunningTaskApi application)
    {
        _application = application;
        _script = application.CreateClient();
        _owner = new Caller(application.CreateClient(), "owner@example.com");
    }

    /// <param name="build">The build.</param>
    /// <param name="without">The defence that it goes without, or "" for none.</param>
    /// <param name="database">Where it keeps everything.</param>
    /// <param name="maxStaleness">How long what it knows is good for.</param>
    /// <param name="listen">The connection by which it hears of changes, where it is one of its own.</param>
    public static async Task<WeakenedNode> StartAsync(
        WeakenedBuild build, string without, TestDatabase database, TimeSpan maxStaleness, string? listen = null)
    {
        List<string> settings =
            [$"--Database:Provider={database.Provider}", $"--ConnectionStrings:Default={database.ConnectionString}", $"{MaxStaleness}={maxStaleness}"];
        if (listen is not null)
        {
            settings.Add($"--ConnectionStrings:Listen={listen}");
        }

        var environment = new Dictionary<string, string> { ["PAT_HISTORY_WITHOUT"] = without };
        var node = new WeakenedNode(await RunningTaskApi.StartAsync(build.Program, settings, environment));
        try
        {
            await node.MakeTokenAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Revokes the token on this node.</summary>
    public async Task RevokeAsync() => Assert.Equal(HttpStatusCode.NoContent, (await _owner.RevokeAsync(_token)).StatusCode);

    public async Task<bool> IsAcceptedAsync()
    {
        var response = await _script.ListTasksAsync(_token.GetProperty("token").GetString()!);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.Unauthorized => false,
            _ => throw new InvalidOperationException($"{response.StatusCode}: {_application.Output}"),
        };
    }

    /// <summary>Waits until it has written an event so many times.</summary>
    public async Task WaitForEventAsync(int id, int times = 1)
    {
        using var limit = new CancellationTokenSource(Deadline);
        while (_application.Output.Split($"[{id}]").Length <= times)
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _script.Dispose();
        _owner.Http.Dispose();
        await _application.DisposeAsync();
    }

    private async Task MakeTokenAsync()
    {
        await _owner.RegisterAsync();
        await _owner.SignInAsync();
        _token = await _owner.CreateTokenAsync("read");
        Assert.True(await IsAcceptedAsync());
    }
}

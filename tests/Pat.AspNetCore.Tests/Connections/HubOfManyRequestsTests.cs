using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Pat.TestSupport;

namespace Pat.AspNetCore.Tests;

/// <summary>
/// A hub's connection that goes on over many requests, as by long polling or after a reconnect, is the token's that it began
/// with, whatever the later requests bring.
/// </summary>
public sealed class HubOfManyRequestsTests : IAsyncDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly List<string> _news = [];
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HubConnection? _connection;
    private ClientWebSocket? _socket;
    private int _sockets;

    /// <summary>What the next request brings.</summary>
    private string _token = "";

    [Fact]
    public async Task A_token_with_fewer_scopes_calls_nothing_more()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["write"]);
        await PollAsync(app, created.Value!);
        await InvokeAsync("Write");

        await app.Manager.EditAsync(TestApp.Alice, created.Token!.Id, new PersonalAccessTokenEdit { Scopes = ["read"] });

        await IsRefusedAsync("Write");
        Assert.Equal(["alice writes"], Heard(app));
    }

    [Fact]
    public async Task A_revoked_token_calls_nothing_by_the_request_of_another()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["write"]);
        await PollAsync(app, created.Value!);

        await app.Manager.RevokeAsync(created.Token!.Id);
        _token = await app.CreateTokenAsync("read");

        await IsRefusedAsync("Say");
        Assert.Empty(Heard(app));
    }

    [Fact]
    public async Task Polls_with_another_token_leave_it_the_first_ones()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        await PollAsync(app, created.Value!);
        _token = (await app.CreateTokenAsync(TestApp.Bob, ["write"])).Value!;

        // The poll under way is still the first one's, those after an answer are the other's.
        await InvokeAsync("Say");
        await InvokeAsync("Say");
        await Assert.ThrowsAsync<HubException>(() => InvokeAsync("Write"));
        Assert.Equal(["alice says", "alice says"], Heard(app));

        await app.Manager.RevokeAsync(created.Token!.Id);
        await IsRefusedAsync("Say");
        Assert.Equal(2, Heard(app).Count);
    }

    [Fact]
    public async Task A_poll_that_waits_hears_nothing_after_the_revocation()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        await PollAsync(app, created.Value!);
        var open = app.Services.GetRequiredService<OpenConnections>();
        await Eventually.TrueAsync(() => open.Count == 1);

        await app.Manager.RevokeAsync(created.Token!.Id);
        await open.JudgeAllAsync(CancellationToken.None);
        await app.Services.GetRequiredService<IHubContext<ManyHub>>().Clients.All.SendAsync("news", "secret");

        await _closed.Task.WaitAsync(TestDeadline.Limit);
        Assert.Empty(_news);
    }

    [Fact]
    public async Task A_reconnected_connection_ends_with_its_token()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        await ReconnectAsync(app, created.Value!, created.Value!);
        await InvokeAsync("Say");

        await app.Manager.RevokeAsync(created.Token!.Id);
        await app.Services.GetRequiredService<OpenConnections>().JudgeAllAsync(CancellationToken.None);

        await _closed.Task.WaitAsync(TestDeadline.Limit);
        Assert.Equal(0, app.Services.GetRequiredService<OpenConnections>().Count);
    }

    [Fact]
    public async Task A_connection_that_another_token_reconnects_stays_the_first_ones()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        await ReconnectAsync(app, created.Value!, (await app.CreateTokenAsync(TestApp.Bob, ["write"])).Value!);
        await InvokeAsync("Say");
        await Assert.ThrowsAsync<HubException>(() => InvokeAsync("Write"));
        Assert.Equal(["alice says"], Heard(app));

        await app.Manager.RevokeAsync(created.Token!.Id);
        await IsRefusedAsync("Say");
        Assert.Single(Heard(app));
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _socket?.Dispose();
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        services: builder => builder.Services.AddSingleton<Calls>().AddSignalR(),
        map: app => app.MapHub<ManyHub>("/hub", options => options.AllowStatefulReconnects = true));

    private static List<string> Heard(TestApp app) => app.Services.GetRequiredService<Calls>().Heard;

    /// <summary>Connects by long polling; each request brings the token of the moment.</summary>
    private async Task PollAsync(TestApp app, string token)
    {
        _token = token;
        await ConnectAsync(new HubConnectionBuilder().WithUrl(new Uri(app.Client.BaseAddress!, "/hub"), HttpTransportType.LongPolling, Bear));
    }

    /// <summary>Connects by WebSockets, and has the connection go on over a second one.</summary>
    private async Task ReconnectAsync(TestApp app, string first, string second)
    {
        _token = first;
        await ConnectAsync(new HubConnectionBuilder()
            .WithUrl(new Uri(app.Client.BaseAddress!, "/hub"), HttpTransportType.WebSockets, options =>
            {
                Bear(options);
                options.WebSocketFactory = async (context, cancellationToken) =>
                {
                    var socket = new ClientWebSocket();
                    socket.Options.SetRequestHeader("Authorization", $"Bearer {_token}");
                    await socket.ConnectAsync(context.Uri, cancellationToken);
                    _socket = socket;
                    Interlocked.Increment(ref _sockets);
                    return socket;
                };
            })
            .WithStatefulReconnect());
        var open = app.Services.GetRequiredService<OpenConnections>();
        await Eventually.TrueAsync(() => open.Count == 1);

        _token = second;
        _socket!.Abort();
        await Eventually.TrueAsync(() => Volatile.Read(ref _sockets) == 2);
        Assert.Equal(1, open.Count);
    }

    private void Bear(HttpConnectionOptions options) =>
        options.HttpMessageHandlerFactory = inner => new Bearing(this) { InnerHandler = inner };

    private async Task ConnectAsync(IHubConnectionBuilder builder)
    {
        _connection = builder.Build();
        _connection.ServerTimeout = Long;
        _connection.On<string>("news", _news.Add);
        _connection.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
        await _connection.StartAsync();
    }

    private Task InvokeAsync(string method) => _connection!.InvokeAsync(method).WaitAsync(TestDeadline.Limit);

    /// <summary>By long polling the end of the connection can come before the answer that says why.</summary>
    private async Task IsRefusedAsync(string method)
    {
        await Assert.ThrowsAnyAsync<Exception>(() => InvokeAsync(method));
        await _closed.Task.WaitAsync(TestDeadline.Limit);
    }

    private sealed class Bearing(HubOfManyRequestsTests test) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new("Bearer", test._token);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Calls
    {
        public List<string> Heard { get; } = [];
    }

    [RequireScope("read")]
    private sealed class ManyHub(Calls calls) : Hub
    {
        public void Say() => calls.Heard.Add($"{Context.UserIdentifier} says");

        [RequireScope("write")]
        public void Write() => calls.Heard.Add($"{Context.UserIdentifier} writes");
    }
}

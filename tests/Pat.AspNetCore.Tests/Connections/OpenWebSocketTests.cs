using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Pat.TestSupport;

namespace Pat.AspNetCore.Tests;

/// <summary>A WebSocket that an endpoint accepts by itself does not outlive its token, where the endpoint says so.</summary>
public sealed class OpenWebSocketTests
{
    private const string Aborting = "/aborting";
    private const string Enduring = "/enduring";

    private static readonly TimeSpan MaxStaleness = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_silent_one_is_aborted_once_its_token_was_revoked()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        using var socket = await OpenAsync(app, Aborting, created.Value!);

        await app.Manager.RevokeAsync(created.Token!.Id);
        app.Time.Advance(MaxStaleness);

        await AssertAbortedAsync(app, socket);
    }

    [Fact]
    public async Task One_is_aborted_within_MaxStaleness_of_a_revocation_that_this_node_does_not_hear_of()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        using var socket = await OpenAsync(app, Aborting, created.Value!);
        var connections = app.Services.GetRequiredService<OpenConnections>();

        // As another node revokes it: in the store alone.
        await app.Store.RevokeAsync(created.Token!.Id, app.Time.GetUtcNow(), null, CancellationToken.None);
        var revoked = app.Time.GetUtcNow();
        while (connections.Count > 0)
        {
            Assert.InRange(app.Time.GetUtcNow() - revoked, TimeSpan.Zero, MaxStaleness);
            app.Time.Advance(MaxStaleness / 8);
            await connections.JudgeAllAsync(CancellationToken.None);
        }

        await AssertAbortedAsync(app, socket);
    }

    [Theory]
    [InlineData(Aborting, false)]
    [InlineData(Enduring, true)]
    public async Task One_goes_on_whose_token_stays_usable_or_whose_endpoint_does_not_ask(string path, bool isRevoked)
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        var other = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        using var socket = await OpenAsync(app, path, created.Value!);

        await app.Manager.RevokeAsync((isRevoked ? created : other).Token!.Id);
        for (var i = 0; i < 100; i++)
        {
            app.Time.Advance(TimeSpan.FromSeconds(1));
            await app.Services.GetRequiredService<OpenConnections>().JudgeAllAsync(CancellationToken.None);
        }

        await SendAsync(socket, "still");
        Assert.Equal("still", await ReceiveAsync(socket));
    }

    /// <summary>Both ends see it.</summary>
    private static async Task AssertAbortedAsync(TestApp app, ClientWebSocket socket)
    {
        await Assert.ThrowsAsync<WebSocketException>(() => ReceiveAsync(socket));
        Assert.True(await app.Services.GetRequiredService<Talks>().BrokenOff.WaitAsync(TestDeadline.Limit));
    }

    private static async Task<ClientWebSocket> OpenAsync(TestApp app, string path, string token)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        var address = new UriBuilder(new Uri(app.Client.BaseAddress!, path)) { Scheme = "ws" }.Uri;
        using var limit = new CancellationTokenSource(TestDeadline.Limit);
        await socket.ConnectAsync(address, limit.Token);
        await SendAsync(socket, "first");
        Assert.Equal("first", await ReceiveAsync(socket));
        return socket;
    }

    private static async Task SendAsync(ClientWebSocket socket, string text) =>
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[100];
        var message = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(TestDeadline.Limit);
        return Encoding.ASCII.GetString(buffer, 0, message.Count);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        services: builder => builder.Services.AddSingleton<Talks>(),
        pipeline: app =>
        {
            app.UseWebSockets();
            TestApp.UsualPipeline(app);
        },
        map: app =>
        {
            app.MapGet(Aborting, EchoAsync).RequireScope("read").AbortWhenRefused();
            app.MapGet(Enduring, EchoAsync).RequireScope("read");
        });

    /// <summary>Watches nothing itself.</summary>
    private static async Task EchoAsync(HttpContext context, Talks talks)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var isBrokenOff = true;
        try
        {
            var buffer = new byte[100];
            while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: WebSocketMessageType.Text } message)
            {
                await socket.SendAsync(buffer.AsMemory(0, message.Count), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }

            isBrokenOff = false;
        }
        finally
        {
            talks.End(isBrokenOff);
        }
    }

    private sealed class Talks
    {
        private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether the talk that ended was broken off.</summary>
        public Task<bool> BrokenOff => _ended.Task;

        public void End(bool isBrokenOff) => _ended.TrySetResult(isBrokenOff);
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Pat.TestSupport;

namespace Pat.AspNetCore.Tests;

/// <summary>A hub's connection does not outlive its token, whatever the transport.</summary>
public sealed class OpenHubTests
{
    private const string UsualHub = "/hub";
    private const string ClosingHub = "/closing-hub";
    private const string UnwillingHub = "/unwilling-hub";

    public static TheoryData<HttpTransportType> Transports =>
        [HttpTransportType.WebSockets, HttpTransportType.ServerSentEvents, HttpTransportType.LongPolling];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task An_invocation_after_the_revocation_is_refused_and_ends_the_connection(HttpTransportType transport)
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        var (connection, closed) = await ConnectAsync(app, transport, created.Value!);
        await using var _ = connection;
        Assert.Equal("heard", await connection.InvokeAsync<string>("Say"));

        await app.Manager.RevokeAsync(created.Token!.Id);

        await Assert.ThrowsAnyAsync<Exception>(() => connection.InvokeAsync<string>("Say"));
        Assert.Equal(1, app.Services.GetRequiredService<Heard>().Count);
        await closed.WaitAsync(TestDeadline.Limit);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_silent_connection_is_aborted(HttpTransportType transport)
    {
        await using var app = await StartAsync();
        using var ended = app.Measure<long>("pat.connections.ended");
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        var (connection, closed) = await ConnectAsync(app, transport, created.Value!);
        await using var _ = connection;
        var open = app.Services.GetRequiredService<OpenConnections>();

        // The client is told that it is connected before the hub is.
        await Eventually.TrueAsync(() => open.Count == 1);

        await app.Manager.RevokeAsync(created.Token!.Id);
        await open.JudgeAllAsync(CancellationToken.None);

        await closed.WaitAsync(TestDeadline.Limit);
        Assert.Equal(["revoked"], ended.GetMeasurementSnapshot().Select(static one => one.Tags["reason"]));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_connection_that_is_over_is_watched_no_longer(HttpTransportType transport)
    {
        await using var app = await StartAsync();
        var (connection, _) = await ConnectAsync(app, transport, await app.CreateTokenAsync("read"));
        var open = app.Services.GetRequiredService<OpenConnections>();
        await Eventually.TrueAsync(() => open.Count == 1);

        await connection.DisposeAsync();

        await Eventually.TrueAsync(() => open.Count == 0);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_connection_that_the_hub_does_not_take_is_not_watched(HttpTransportType transport)
    {
        await using var app = await StartAsync();
        var (connection, closed) = await ConnectAsync(app, transport, await app.CreateTokenAsync("read"), path: UnwillingHub);
        await using var _ = connection;

        await closed.WaitAsync(TestDeadline.Limit);

        Assert.Equal(1, app.Services.GetRequiredService<Heard>().Count);
        await Eventually.TrueAsync(() => app.Services.GetRequiredService<OpenConnections>().Count == 0);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_connection_that_the_applications_filter_does_not_take_is_not_watched(HttpTransportType transport)
    {
        await using var app = await TestApp.StartAsync(
            services: builder => builder.Services.AddSingleton<Heard>().AddSignalR(options => options.AddFilter(new UnwillingFilter())),
            map: app => app.MapHub<TalkHub>(UsualHub));
        var (connection, closed) = await ConnectAsync(app, transport, await app.CreateTokenAsync("read"));
        await using var _ = connection;

        await closed.WaitAsync(TestDeadline.Limit);

        await Eventually.TrueAsync(() => app.Services.GetRequiredService<OpenConnections>().Count == 0);
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    public async Task A_hub_that_closes_at_the_end_of_the_sign_in_closes_when_the_token_expires(HttpTransportType transport)
    {
        await using var app = await StartAsync();

        // SignalR goes by the machine's clock. The application's stands, so that it ends nothing itself.
        app.Time.AdvanceWallClock(TimeProvider.System.GetUtcNow() - app.Time.GetUtcNow());

        // Whole seconds, as tickets have them.
        var expiry = DateTimeOffset.FromUnixTimeSeconds(app.Time.GetUtcNow().ToUnixTimeSeconds() + 5);
        var created = await app.Manager.CreateAsync(
            new PersonalAccessTokenCreation { OwnerId = TestApp.Alice, Name = "short", Scopes = ["read"], ExpiresAt = expiry });
        var (closing, closed) = await ConnectAsync(app, transport, created.Value!, path: ClosingHub);
        var (other, _) = await ConnectAsync(app, transport, created.Value!);
        await using var _ = closing;
        await using var __ = other;

        await closed.WaitAsync(TestDeadline.Limit);

        Assert.True(TimeProvider.System.GetUtcNow() >= expiry);
        Assert.Equal("heard", await other.InvokeAsync<string>("Say"));
    }

    [Fact]
    public async Task An_outage_is_told_as_one_and_leaves_the_connection_open()
    {
        await using var app = await StartAsync();
        var (connection, closed) = await ConnectAsync(app, HttpTransportType.WebSockets, await app.CreateTokenAsync("read"));
        await using var _ = connection;
        app.Store.Fail();
        await app.Manager.NotifyOwnerChangedAsync(TestApp.Alice);

        var down = await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<string>("Say"));
        await app.RecoverAsync();

        Assert.Contains("can't be judged at the moment", down.Message, StringComparison.Ordinal);
        Assert.Equal("heard", await connection.InvokeAsync<string>("Say"));
        Assert.False(closed.IsCompleted);
    }

    [Fact]
    public async Task Users_without_a_token_are_not_asked_for_one()
    {
        await using var app = await StartAsync();
        var (connection, _) = await ConnectAsync(app, HttpTransportType.WebSockets, token: null, await app.SignInAsync());
        await using var __ = connection;

        Assert.Equal("heard", await connection.InvokeAsync<string>("Say"));
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        services: builder => builder.Services.AddSingleton<Heard>().AddSignalR(),
        map: app =>
        {
            app.MapHub<TalkHub>(UsualHub);
            app.MapHub<TalkHub>(ClosingHub, static options => options.CloseOnAuthenticationExpiration = true);
            app.MapHub<UnwillingTalkHub>(UnwillingHub);
        });

    private static async Task<(HubConnection Connection, Task Closed)> ConnectAsync(
        TestApp app, HttpTransportType transport, string? token, string? cookie = null, string path = UsualHub)
    {
        var connection = new HubConnectionBuilder().WithUrl(new Uri(app.Client.BaseAddress!, path), transport, options =>
        {
            if (token is not null)
            {
                options.Headers["Authorization"] = $"Bearer {token}";
            }

            if (cookie is not null)
            {
                options.Headers["Cookie"] = cookie;
            }
        }).Build();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await connection.StartAsync();
        return (connection, closed.Task);
    }

    private sealed class Heard
    {
        public int Count { get; set; }
    }

    [RequireScope("read")]
    private sealed class TalkHub(Heard heard) : Hub
    {
        public string Say()
        {
            heard.Count++;
            return "heard";
        }
    }

    [RequireScope("read")]
    private sealed class UnwillingTalkHub(Heard heard, OpenConnections open) : Hub
    {
        public override Task OnConnectedAsync()
        {
            Assert.Equal(1, open.Count);
            heard.Count++;
            throw new InvalidOperationException("Not now.");
        }
    }

    private sealed class UnwillingFilter : IHubFilter
    {
        public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
        {
            await next(context);
            Assert.Equal(1, context.ServiceProvider.GetRequiredService<OpenConnections>().Count);
            throw new InvalidOperationException("Not now.");
        }
    }
}

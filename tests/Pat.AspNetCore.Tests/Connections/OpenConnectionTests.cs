using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pat.TestSupport;

namespace Pat.AspNetCore.Tests;

/// <summary>What goes on for long after a token was accepted ends with that token.</summary>
public sealed class OpenConnectionTests
{
    private const string Aborting = "/aborting";
    private const string Watching = "/watching";
    private const string Asking = "/asking";

    private static readonly TimeSpan MaxStaleness = TimeSpan.FromSeconds(10);

    public static IEnumerable<TheoryDataRow<Func<TestApp, Guid, Task>, string>> Ends =>
    [
        new(static (app, id) => app.Manager.RevokeAsync(id), "revoked") { Label = "revoked" },
        new(static (app, id) => app.Manager.RotateAsync(TestApp.Alice, id, new PersonalAccessTokenRotation()), "wrong_secret") { Label = "rotated" },
        new(static (app, id) => app.Manager.EditAsync(TestApp.Alice, id, new PersonalAccessTokenEdit { Scopes = ["read"] }), "scopes_reduced") { Label = "edited" },
        new(static (app, _) => { app.Time.AdvanceWallClock(TimeSpan.FromDays(31)); return Task.CompletedTask; }, "expired") { Label = "expired" },
    ];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_silent_stream_is_aborted_once_its_token_ended(Func<TestApp, Guid, Task> end, string reason)
    {
        await using var app = await StartAsync();
        using var ended = app.Measure<long>("pat.connections.ended");
        var created = await app.CreateTokenAsync(TestApp.Alice, ["write"]);
        using var response = await OpenAsync(app, Aborting, created.Value!);
        await using var stream = await response.Content.ReadAsStreamAsync();
        Assert.Equal('.', stream.ReadByte());

        await end(app, created.Token!.Id);
        app.Time.Advance(MaxStaleness);

        await Assert.ThrowsAnyAsync<Exception>(() => ReadToEndAsync(stream));
        Assert.Equal(0, app.Services.GetRequiredService<Streams>().WentOn);
        var told = Assert.Single(app.Logs.GetSnapshot(), record => record.Id.Id == 108).Message;
        Assert.StartsWith($"An open connection from 127.0.0.1 was told that token {PersonalAccessTokenFormat.FormatId(created.Token.Id)} ", told, StringComparison.Ordinal);
        Assert.Equal([(1L, reason)], ended.GetMeasurementSnapshot().Select(static one => (one.Value, (string)one.Tags["reason"]!)));
    }

    [Fact]
    public async Task One_whose_token_stays_usable_goes_on()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        using var response = await OpenAsync(app, Aborting, created.Value!);
        await using var stream = await response.Content.ReadAsStreamAsync();
        await app.Manager.EditAsync(TestApp.Alice, created.Token!.Id, new PersonalAccessTokenEdit { Scopes = ["write"] });
        for (var i = 0; i < 100; i++)
        {
            app.Time.Advance(TimeSpan.FromSeconds(1));
            await app.Services.GetRequiredService<OpenConnections>().JudgeAllAsync(CancellationToken.None);
        }

        app.Services.GetRequiredService<Streams>().Finish.SetResult();

        Assert.Equal("..", await ReadToEndAsync(stream));
    }

    [Fact]
    public async Task A_change_that_this_node_does_not_hear_of_counts_within_MaxStaleness()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        using var response = await OpenAsync(app, Watching, created.Value!);
        var ended = app.Services.GetRequiredService<Streams>().Ended;
        var (connections, id) = (app.Services.GetRequiredService<OpenConnections>(), created.Token!.Id);

        // As another node revokes it: in the store alone.
        await app.Store.RevokeAsync(id, app.Time.GetUtcNow(), null, CancellationToken.None);
        var revoked = app.Time.GetUtcNow();
        while (connections.Count > 0)
        {
            Assert.InRange(app.Time.GetUtcNow() - revoked, TimeSpan.Zero, MaxStaleness);
            app.Time.Advance(MaxStaleness / 8);
            await connections.JudgeAllAsync(CancellationToken.None);
        }

        await ended.WaitAsync(TestDeadline.Limit);
    }

    [Fact]
    public async Task In_an_outage_it_goes_on_as_long_as_what_is_known_may_be_used()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        using var response = await OpenAsync(app, Watching, created.Value!);
        var ended = app.Services.GetRequiredService<Streams>().Ended;
        var connections = app.Services.GetRequiredService<OpenConnections>();
        await connections.JudgeAllAsync(CancellationToken.None);
        app.Store.Fail();
        var failed = app.Time.GetUtcNow();
        while (connections.Count > 0)
        {
            Assert.InRange(app.Time.GetUtcNow() - failed, TimeSpan.Zero, MaxStaleness);
            app.Time.Advance(MaxStaleness / 8);
            await connections.JudgeAllAsync(CancellationToken.None);
        }

        Assert.InRange(app.Time.GetUtcNow() - failed, MaxStaleness / 2, MaxStaleness);
        await ended.WaitAsync(TestDeadline.Limit);
        Assert.Contains(app.Logs.GetSnapshot(), record => record.Id.Id == 109 && record.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task An_endpoint_can_ask_itself_whether_the_token_is_usable()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["write"]);
        using var response = await OpenAsync(app, Asking, created.Value!);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal($"{created.Token!.Id} alice write,read", await reader.ReadLineAsync());
        Assert.Equal("True", await AskAsync(app, reader));
        app.Store.Fail();
        app.Time.Advance(MaxStaleness);

        // Three in a row, so that the store is known to be down, whatever the periodic look at it found in this moment.
        for (var asked = 0; asked < 3; asked++)
        {
            Assert.Equal(nameof(PersonalAccessTokenUnavailableException), await AskAsync(app, reader));
        }

        await app.RecoverAsync();
        Assert.Equal("True", await AskAsync(app, reader));
        await app.Manager.RevokeAsync(created.Token.Id);
        Assert.Equal("False", await AskAsync(app, reader));
    }

    [Fact]
    public async Task A_request_without_a_token_has_none_and_ends_as_it_would()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        app.Services.GetRequiredService<Streams>().Finish.SetResult();

        using var response = await app.GetAsync(Aborting, cookie: cookie);
        using var watching = await app.GetAsync(Watching, cookie: cookie);

        Assert.Equal("..", await response.Content.ReadAsStringAsync());
        Assert.Equal("none", await watching.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_has_ended_is_watched_no_more()
    {
        await using var app = await StartAsync();
        app.Services.GetRequiredService<Streams>().Finish.SetResult();
        var token = await app.CreateTokenAsync("read");

        using (var response = await app.GetAsync(Aborting, token))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        var connections = app.Services.GetRequiredService<OpenConnections>();
        await Eventually.TrueAsync(() => connections.Count == 0);
    }

    private static async Task<string?> AskAsync(TestApp app, StreamReader reader)
    {
        app.Services.GetRequiredService<Streams>().Questions.Release();
        return await reader.ReadLineAsync();
    }

    private static async Task<HttpResponseMessage> OpenAsync(TestApp app, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }

    private static async Task<string> ReadToEndAsync(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync().WaitAsync(TestDeadline.Limit);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        services: builder => builder.Services.AddSingleton<Streams>(),
        map: app =>
        {
            app.MapGet(Aborting, async (HttpContext context, Streams streams) =>
            {
                await SendAsync(context, ".");
                await streams.Finish.Task.WaitAsync(context.RequestAborted);
                streams.WentOn++;
                await SendAsync(context, ".");
            }).RequireScope("read").AbortWhenRefused();
            app.MapGet(Watching, async (HttpContext context, Streams streams) =>
            {
                if (context.GetPersonalAccessToken() is not { } token)
                {
                    await SendAsync(context, "none");
                    return;
                }

                await using var registration = token.Ended.Register(streams.End);
                await SendAsync(context, ".");
                await streams.Ended.WaitAsync(context.RequestAborted);
            }).RequireScope("read");
            app.MapGet(Asking, async (HttpContext context, Streams streams) =>
            {
                var token = context.GetPersonalAccessToken()!;
                Assert.Same(token, context.GetPersonalAccessToken());
                await SendAsync(context, $"{token.Id} {token.OwnerId} {string.Join(',', token.Scopes.OrderDescending())}\n");
                while (true)
                {
                    await streams.Questions.WaitAsync(context.RequestAborted);
                    string answer;
                    try
                    {
                        answer = $"{await token.IsUsableAsync()}";
                    }
                    catch (PersonalAccessTokenUnavailableException exception)
                    {
                        answer = exception.GetType().Name;
                    }

                    await SendAsync(context, answer + "\n");
                }
            }).RequireScope("read");
        });

    private static async Task SendAsync(HttpContext context, string text)
    {
        await context.Response.WriteAsync(text);
        await context.Response.Body.FlushAsync();
    }

    private sealed class Streams
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Finish { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SemaphoreSlim Questions { get; } = new(0);

        public Task Ended => _ended.Task;

        public int WentOn { get; set; }

        public void End() => _ended.TrySetResult();
    }
}

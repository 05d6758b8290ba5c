using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pat.TestSupport;

namespace Pat.AspNetCore.Tests;

/// <summary>The rounds that judge open connections: what they wait for, and that nothing keeps one connection from its judgement.</summary>
public sealed class OpenConnectionJudgingTests
{
    private static readonly TimeSpan MaxStaleness = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Asking_does_not_make_what_is_known_any_younger()
    {
        await using var app = await TestApp.StartAsync();
        var (connections, connection, ended) = await WatchAsync(app);
        app.Store.Fail();
        var failed = app.Time.GetUtcNow();
        app.Time.Advance(MaxStaleness - TimeSpan.FromTicks(1));
        await connection.JudgeAsync(MaxStaleness, CancellationToken.None);
        app.Time.Advance(TimeSpan.FromTicks(1));

        await connections.JudgeAllAsync(CancellationToken.None);

        Assert.Equal(MaxStaleness, app.Time.GetUtcNow() - failed);
        await AssertEndedAsync(ended);
    }

    [Fact]
    public async Task A_store_that_hangs_is_waited_for_as_long_as_what_is_known_counts()
    {
        await using var app = await TestApp.StartAsync();
        var (connections, _, ended) = await WatchAsync(app);
        app.Store.Before = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
        app.Time.Advance(MaxStaleness * 9 / 10);
        var judging = connections.JudgeAllAsync(CancellationToken.None);
        Assert.False(ended.IsCancellationRequested);

        app.Time.Advance(MaxStaleness / 10);

        await judging.WaitAsync(TestDeadline.Limit);
        await AssertEndedAsync(ended);
        app.Store.Recover();
    }

    [Fact]
    public async Task A_read_that_fails_in_an_unknown_way_stops_neither_the_others_nor_the_host()
    {
        await using var app = await TestApp.StartAsync();
        var (connections, _, ended) = await WatchAsync(app);
        app.Store.IsRepeating = true;

        // Another read, and no time that goes by: a read under way would take it for a store that does not answer.
        await app.Manager.NotifyOwnerChangedAsync(TestApp.Alice);
        await connections.JudgeAllAsync(CancellationToken.None);

        Assert.False(ended.IsCancellationRequested);
        Assert.Contains(app.Logs.GetSnapshot(), record => record.Id.Id == 111 && record.Level == LogLevel.Error);
        app.Store.IsRepeating = false;
        await connections.JudgeAllAsync(CancellationToken.None);
        Assert.False(ended.IsCancellationRequested);
    }

    [Fact]
    public async Task What_is_asked_for_after_the_request_is_not_watched()
    {
        await using var app = await TestApp.StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        var connections = app.Services.GetRequiredService<OpenConnections>();
        var verdict = await app.Services.GetRequiredService<PersonalAccessTokenVerifier>().VerifyAsync(created.Value!, CancellationToken.None);
        var connection = connections.Open(verdict.State!, isPrevious: false, "an address");
        _ = connection.Ended;
        Assert.Equal(1, connections.Count);
        connection.Dispose();

        Assert.False(connection.Ended.IsCancellationRequested);

        Assert.Equal(0, connections.Count);
    }

    [Fact]
    public async Task An_application_that_throws_at_the_end_of_one_does_not_keep_the_others()
    {
        await using var app = await TestApp.StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        var connections = app.Services.GetRequiredService<OpenConnections>();
        var verdict = await app.Services.GetRequiredService<PersonalAccessTokenVerifier>().VerifyAsync(created.Value!, CancellationToken.None);
        using var throwing = connections.Open(verdict.State!, isPrevious: false, "an address");
        using var other = connections.Open(verdict.State!, isPrevious: false, "an address");
        throwing.Ended.Register(() => throw new InvalidOperationException("The application's own."));
        var ended = other.Ended;
        await app.Manager.RevokeAsync(created.Token!.Id);

        await connections.JudgeAllAsync(CancellationToken.None);

        Assert.True(ended.IsCancellationRequested);
        Assert.Contains(app.Logs.GetSnapshot(), record => record.Id.Id == 110 && record.Level == LogLevel.Error);
    }

    private static async Task<(OpenConnections All, OpenConnection One, CancellationToken Ended)> WatchAsync(TestApp app)
    {
        var verdict = await app.Services.GetRequiredService<PersonalAccessTokenVerifier>()
            .VerifyAsync(await app.CreateTokenAsync("read"), CancellationToken.None);
        var connections = app.Services.GetRequiredService<OpenConnections>();
        var connection = connections.Open(verdict.State!, isPrevious: false, "an address");
        return (connections, connection, connection.Ended);
    }

    /// <summary>The application's own rounds may have come first, and be about to say so.</summary>
    private static async Task AssertEndedAsync(CancellationToken ended)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = ended.Register(cancelled.SetResult);
        await cancelled.Task.WaitAsync(TestDeadline.Limit, CancellationToken.None);
    }
}

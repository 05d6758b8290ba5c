using Microsoft.Extensions.Logging;

namespace Pat.Core.Tests;

/// <summary>While the store is away nobody is refused for it, nobody waits long, and it is found again by itself.</summary>
public sealed class StoreOutageTests
{
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task Three_failures_and_a_failed_probe_open_the_circuit_and_nothing_is_asked_of_the_store_but_a_probe_a_second()
    {
        await using var application = await StartAsync();
        await FailThreeTimesAsync(application);
        await Eventually.TrueAsync(() => application.Get<StoreGuard>().IsOpen);
        var (lookups, probes) = (application.Store.Lookups, Probes(application));

        for (var i = 0; i < 10; i++)
        {
            await AssertUnavailableAsync(application);
        }

        Assert.Equal((lookups, probes), (application.Store.Lookups, Probes(application)));
        application.Time.Advance(BetweenProbes - Tick);
        Assert.Equal(probes, Probes(application));
        application.Time.Advance(Tick);
        await Eventually.TrueAsync(() => Probes(application) == probes + 1);
        Assert.Single(application.Logged(310), record => record.Level == LogLevel.Error);
    }

    [Fact]
    public async Task The_circuit_closes_by_itself_when_a_probe_is_answered()
    {
        await using var application = await StartAsync();
        var (_, value) = await application.IssueAsync();
        using var up = application.Measure<int>("pat.store.up");
        up.RecordObservableInstruments();
        await FailThreeTimesAsync(application);
        await Eventually.TrueAsync(() => application.Get<StoreGuard>().IsOpen);
        up.RecordObservableInstruments();

        application.Store.Recover();
        await Eventually.TrueAsync(() =>
        {
            application.Time.Advance(BetweenProbes);
            return !application.Get<StoreGuard>().IsOpen;
        });
        up.RecordObservableInstruments();
        Assert.Equal([1, 0, 1], up.GetMeasurementSnapshot().Select(static taken => taken.Value));

        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        Assert.Single(application.Logged(311));
    }

    [Fact]
    public async Task Calls_that_fail_for_reasons_of_their_own_take_the_store_from_nobody()
    {
        await using var application = await StartAsync();
        var probes = Probes(application);
        application.Store.Fail("FindAsync");

        for (var i = 0; i < 10; i++)
        {
            await AssertUnavailableAsync(application);
        }

        await Eventually.TrueAsync(() => Probes(application) > probes);
        application.Store.Recover();
        Assert.False(application.Get<StoreGuard>().IsOpen);
        await application.IssueAsync();
    }

    [Fact]
    public async Task A_store_that_fails_now_and_then_is_not_suspected()
    {
        await using var application = await StartAsync();
        var (token, _) = await application.IssueAsync();
        var probes = Probes(application);

        for (var i = 0; i < 10; i++)
        {
            application.Store.Fail("FindAsync");
            await AssertUnavailableAsync(application);
            await AssertUnavailableAsync(application);
            application.Store.Recover();
            await application.ReadAsync(token.Id);
        }

        Assert.Equal(probes, Probes(application));
    }

    [Fact]
    public async Task A_probe_that_fails_at_the_start_opens_nothing_and_is_told_once()
    {
        await using var application = await TokenApplication.CreateAsync();
        application.Store.Fail("GetUtcNowAsync");

        await application.Get<StoreMonitor>().StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => Probes(application) == 1);
        await Eventually.TrueAsync(() =>
        {
            application.Time.Advance(BetweenProbes);
            return Probes(application) >= 3;
        });

        await application.IssueAsync();
        Assert.Single(application.Logged(312), record => record.Level == LogLevel.Warning);
        Assert.False(application.Get<StoreGuard>().IsOpen);
        Assert.Empty(application.Logged(310));
    }

    [Fact]
    public async Task What_is_in_memory_serves_to_the_bound_and_no_further_while_the_circuit_is_open()
    {
        await using var application = await StartAsync();
        var (_, value) = await application.IssueAsync();
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        await FailThreeTimesAsync(application);
        await Eventually.TrueAsync(() => application.Get<StoreGuard>().IsOpen);

        application.Time.Advance(TimeSpan.FromSeconds(10) - Tick);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        application.Time.Advance(Tick);

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Management_fails_at_once_while_the_circuit_is_open_and_sends_nothing()
    {
        await using var application = await StartAsync();
        var (token, _) = await application.IssueAsync();
        await FailThreeTimesAsync(application);
        await Eventually.TrueAsync(() => application.Get<StoreGuard>().IsOpen);
        var calls = application.Store.Calls;

        Func<Task>[] operations =
        [
            () => application.IssueAsync(),
            () => application.Manager.GetAsync("alice", token.Id),
            () => application.Manager.ListAsync(new() { OwnerId = "alice" }),
            () => application.Manager.EditAsync("alice", token.Id, new() { Name = "other" }),
            () => application.Manager.RotateAsync("alice", token.Id, new()),
            () => application.Manager.RevokeAsync("alice", token.Id),
            () => application.Manager.RevokeAllAsync("alice"),
        ];
        foreach (var operation in operations)
        {
            await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => operation().WaitAsync(TestDeadline.Limit));
        }

        Assert.Equal(calls, application.Store.Calls);
    }

    [Fact]
    public async Task Each_operation_of_management_is_given_two_seconds_for_each_call()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        Func<Task>[] operations =
        [
            () => application.Manager.GetAsync("alice", token.Id),
            () => application.Manager.ListAsync(new() { OwnerId = "alice" }),
            () => application.Manager.RevokeAllAsync("alice"),
        ];
        foreach (var operation in operations)
        {
            application.Store.Before = static (_, _) => Task.Delay(Timeout.Infinite, CancellationToken.None);
            application.Time.ForgetDelays();
            var running = operation();
            await application.Time.DelayBegunAsync(TimeSpan.FromSeconds(2));
            application.Time.Advance(TimeSpan.FromSeconds(2) - Tick);
            Assert.False(running.IsCompleted);
            application.Time.Advance(Tick);

            var exception = await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => running.WaitAsync(TestDeadline.Limit));
            Assert.IsType<TimeoutException>(exception.InnerException);
        }
    }

    [Fact]
    public async Task A_call_whose_time_is_over_hears_of_it()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        application.Store.Before = (_, cancellationToken) =>
        {
            cancellationToken.Register(heard.SetResult);
            return Task.Delay(Timeout.Infinite, CancellationToken.None);
        };
        application.Time.ForgetDelays();

        var running = application.Manager.RevokeAsync("alice", token.Id);
        await application.Time.DelayBegunAsync(TimeSpan.FromSeconds(2));
        application.Time.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => running.WaitAsync(TestDeadline.Limit));
        await heard.Task.WaitAsync(TestDeadline.Limit);
    }

    [Fact]
    public async Task A_caller_who_leaves_does_not_speak_against_the_store()
    {
        await using var application = await StartAsync();
        var probes = Probes(application);
        application.Store.Before = static (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

        for (var i = 0; i < 5; i++)
        {
            using var leaving = new CancellationTokenSource();
            var running = application.Manager.ListAsync(new() { OwnerId = "alice" }, leaving.Token);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TestDeadline.Limit));
        }

        Assert.False(application.Get<StoreGuard>().IsSuspicious);
        Assert.Equal(probes, Probes(application));
    }

    [Theory]
    [InlineData(-90)]
    [InlineData(0)]
    [InlineData(300)]
    public async Task How_far_the_stores_clock_is_from_this_ones_is_measured(int seconds)
    {
        await using var application = await TokenApplication.CreateAsync();
        application.Store.Skew = TimeSpan.FromSeconds(seconds);
        Assert.Null(application.Get<StoreClock>().Offset);

        await application.Get<StoreMonitor>().StartAsync(CancellationToken.None);

        await Eventually.TrueAsync(() => application.Get<StoreClock>().Offset == TimeSpan.FromSeconds(seconds));
        Assert.Equal(application.Time.GetUtcNow().AddSeconds(seconds), application.Get<StoreClock>().UtcNow);
    }

    [Fact]
    public async Task However_many_ask_how_the_store_is_it_is_asked_by_one_at_a_time()
    {
        await using var application = await TokenApplication.CreateAsync();
        var answer = new TaskCompletionSource();
        application.Store.Before = (_, _) => answer.Task;
        var monitor = application.Get<StoreMonitor>();

        var asked = Enumerable.Range(0, 50).Select(_ => monitor.ProbeTogetherAsync()).ToList();
        answer.SetResult();
        await Task.WhenAll(asked);
        Assert.Equal(1, Probes(application));

        await monitor.ProbeTogetherAsync();
        Assert.Equal(2, Probes(application));
    }

    /// <summary>An application whose monitor has looked at the store once.</summary>
    private static async Task<TokenApplication> StartAsync()
    {
        var application = await TokenApplication.CreateAsync();
        await application.Get<StoreMonitor>().StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => application.Get<StoreClock>().Offset is not null);
        return application;
    }

    private static async Task FailThreeTimesAsync(TokenApplication application)
    {
        application.Store.Fail();
        for (var i = 0; i < 3; i++)
        {
            Assert.False(application.Get<StoreGuard>().IsOpen);
            await AssertUnavailableAsync(application);
        }
    }

    private static async Task AssertUnavailableAsync(TokenApplication application) =>
        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(
            () => application.RefusalOfAsync(PersonalAccessTokenFormat.Create("pat", Guid.AllBitsSet)).WaitAsync(TestDeadline.Limit));

    private static int Probes(TokenApplication application) => application.Store.CallsOf("GetUtcNowAsync");
}

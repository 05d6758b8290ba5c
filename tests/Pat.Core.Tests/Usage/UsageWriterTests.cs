using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Pat.EntityFrameworkCore;

namespace Pat.Core.Tests;

public sealed class UsageWriterTests
{
    [Fact]
    public async Task A_noted_use_is_written_by_the_next_flush_and_bumps_no_version()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        application.Time.Advance(TimeSpan.FromMinutes(1));
        var usedAt = application.Now;
        application.Get<UsageRecorder>().Record(token, "192.0.2.0");
        application.Time.Advance(TimeSpan.FromSeconds(10));

        await FlushAsync(application);

        var stored = await application.ReadAsync(token.Id);
        Assert.Equal(
            (usedAt, "192.0.2.0", 1, token.UpdatedAt),
            (stored.LastUsedAt, stored.LastUsedAddress, stored.Version, stored.UpdatedAt));
    }

    [Fact]
    public async Task A_use_keeps_a_token_from_becoming_inactive()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.InactivityPeriod = TimeSpan.FromDays(5));
        var (token, value) = await application.IssueAsync();
        application.Time.Advance(TimeSpan.FromDays(4));
        application.Get<UsageRecorder>().Record(token, null);
        await FlushAsync(application);
        application.Time.Advance(TimeSpan.FromDays(4));

        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        application.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(PersonalAccessTokenRefusal.Inactive, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task A_use_that_is_noted_and_not_yet_written_keeps_a_token_from_becoming_inactive()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.InactivityPeriod = TimeSpan.FromDays(1));
        var (token, value) = await application.IssueAsync();
        application.Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(5));
        application.Get<UsageRecorder>().Record(await application.ReadAsync(token.Id), null);

        application.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        Assert.Null((await application.ReadAsync(token.Id)).LastUsedAt);
    }

    [Fact]
    public async Task A_use_within_the_resolution_of_another_nodes_is_not_written()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, _) = await application.IssueAsync();
        var first = application.Now;

        foreach (var node in new[] { application, other })
        {
            node.Get<UsageRecorder>().Record(token, null);
            await FlushAsync(node);
            application.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMicroseconds(1));
        }

        Assert.Equal(first, (await application.ReadAsync(token.Id)).LastUsedAt);
    }

    [Fact]
    public async Task Many_uses_are_written_in_batches_of_1000()
    {
        await using var application = await TokenApplication.CreateAsync();
        NoteUses(application, 2_500);

        await FlushAsync(application);

        Assert.Equal((3, 0), (application.Store.CallsOf("RecordUseAsync"), application.Get<UsageRecorder>().Count));
    }

    [Fact]
    public async Task A_batch_that_fails_is_put_back_reported_and_written_by_the_next_flush()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        application.Get<UsageRecorder>().Record(token, null);
        application.Store.Fail("RecordUseAsync");

        await FlushAsync(application);

        Assert.Equal(1, application.Get<UsageRecorder>().Count);
        Assert.IsType<TimeoutException>(Assert.Single(application.Logged(410)).Exception);
        application.Store.Before = null;
        await FlushAsync(application);
        Assert.Equal(application.Now, (await application.ReadAsync(token.Id)).LastUsedAt);
    }

    [Fact]
    public async Task What_is_busy_is_tried_again_by_the_next_flush_and_the_rest_is_not()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (busy, _) = await application.IssueAsync();
        var (free, _) = await application.IssueAsync();
        var usedAt = application.Now;
        foreach (var token in new[] { busy, free, new PersonalAccessToken { Id = Guid.CreateVersion7(application.Now) } })
        {
            application.Get<UsageRecorder>().Record(token, null);
        }

        application.Store.Busy.Add(busy.Id);
        await FlushAsync(application);
        Assert.Equal(1, application.Get<UsageRecorder>().Count);
        Assert.Equal((null, usedAt), ((await application.ReadAsync(busy.Id)).LastUsedAt, (await application.ReadAsync(free.Id)).LastUsedAt));
        Assert.Empty(application.Logged(410));

        application.Store.Busy.Clear();
        await FlushAsync(application);
        Assert.Equal((usedAt, 0), ((await application.ReadAsync(busy.Id)).LastUsedAt, application.Get<UsageRecorder>().Count));
    }

    [Fact]
    public async Task Busy_tokens_are_asked_for_once_in_a_flush()
    {
        await using var application = await TokenApplication.CreateAsync();
        NoteUses(application, 2_500, busy: 400);

        await FlushAsync(application);

        Assert.Equal((3, 400), (application.Store.CallsOf("RecordUseAsync"), application.Get<UsageRecorder>().Count));
    }

    [Fact]
    public async Task A_flush_ends_at_a_batch_of_which_nothing_could_be_written()
    {
        await using var application = await TokenApplication.CreateAsync();
        NoteUses(application, 2_500, busy: 1_000);

        await FlushAsync(application);

        Assert.Equal((1, 2_500), (application.Store.CallsOf("RecordUseAsync"), application.Get<UsageRecorder>().Count));
    }

    [Fact]
    public async Task What_is_dropped_is_one_line_in_the_log_of_a_flush_and_counted()
    {
        await using var application = await TokenApplication.CreateAsync();
        using var dropped = CollectorOf<long>(application, "pat.usage.dropped");
        NoteUses(application, 100_010);
        application.Store.Fail("RecordUseAsync");

        await FlushAsync(application);
        await FlushAsync(application);

        Assert.StartsWith("10 last uses were dropped", Assert.Single(application.Logged(412)).Message, StringComparison.Ordinal);
        Assert.Equal(10, Assert.Single(dropped.GetMeasurementSnapshot()).Value);
    }

    [Fact]
    public async Task What_waits_and_what_was_written_is_counted()
    {
        await using var application = await TokenApplication.CreateAsync();
        using var pending = CollectorOf<int>(application, "pat.usage.pending");
        using var flushed = CollectorOf<long>(application, "pat.usage.flushed");
        var (token, _) = await application.IssueAsync();
        application.Get<UsageRecorder>().Record(token, null);
        NoteUses(application, 4);

        pending.RecordObservableInstruments();
        Assert.Equal(5, pending.LastMeasurement!.Value);
        await FlushAsync(application);

        pending.RecordObservableInstruments();
        Assert.Equal(0, pending.LastMeasurement.Value);
        Assert.Equal(1, Assert.Single(flushed.GetMeasurementSnapshot()).Value);
    }

    [Fact]
    public async Task Row_13_a_thousand_uses_of_one_token_at_once_are_one_write()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        Parallel.For(0, 1_000, _ => application.Get<UsageRecorder>().Record(token, null));
        await FlushAsync(application);

        Parallel.For(0, 1_000, _ => application.Get<UsageRecorder>().Record(token, null));
        await FlushAsync(application);

        Assert.Equal((1, 0), (application.Store.CallsOf("RecordUseAsync"), application.Get<UsageRecorder>().Count));
    }

    [Fact]
    public async Task Row_13_tokens_work_while_the_database_takes_no_writes()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        await using (var context = await application.Get<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync())
        {
            await context.Database.ExecuteSqlRawAsync(
                """CREATE TRIGGER read_only BEFORE UPDATE ON "PersonalAccessTokens" BEGIN SELECT RAISE(ABORT, 'read-only'); END""");
        }

        application.Get<UsageRecorder>().Record(token, null);
        await FlushAsync(application);

        Assert.Equal(1, application.Get<UsageRecorder>().Count);
        Assert.Single(application.Logged(410));
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task What_is_noted_during_a_flush_is_for_the_next_one()
    {
        await using var application = await TokenApplication.CreateAsync();
        NoteUses(application, 1);
        application.Store.Before = (_, _) =>
        {
            NoteUses(application, 1);
            return Task.CompletedTask;
        };

        await FlushAsync(application);

        Assert.Equal((1, 1), (application.Store.CallsOf("RecordUseAsync"), application.Get<UsageRecorder>().Count));
    }

    [Fact]
    public async Task A_failing_store_is_asked_once_in_a_flush()
    {
        await using var application = await TokenApplication.CreateAsync();
        NoteUses(application, 2_500);
        application.Store.Fail();

        await FlushAsync(application);

        Assert.Equal((1, 2_500), (application.Store.CallsOf("RecordUseAsync"), application.Get<UsageRecorder>().Count));
    }

    [Fact]
    public async Task It_flushes_every_interval_and_goes_on_after_a_failure()
    {
        await using var application = await TokenApplication.CreateAsync();
        var writer = application.Get<UsageWriter>();
        var flushes = Channel.CreateUnbounded<string>();
        application.Store.Before = (method, _) =>
        {
            flushes.Writer.TryWrite(method);
            throw new TimeoutException("The database does not answer.");
        };
        NoteUses(application, 1);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        await writer.StartAsync(CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(10), await application.Time.NextDelayAsync());
        for (var i = 0; i < 3; i++)
        {
            application.Time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal("RecordUseAsync", await flushes.Reader.ReadAsync(limit.Token));
        }

        await writer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_is_noted_at_shutdown_is_written()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        var writer = application.Get<UsageWriter>();
        await writer.StartAsync(CancellationToken.None);
        application.Get<UsageRecorder>().Record(token, null);

        await writer.StopAsync(CancellationToken.None);

        Assert.Equal(application.Now, (await application.ReadAsync(token.Id)).LastUsedAt);
        Assert.Empty(application.Logged(411));
    }

    [Fact]
    public async Task What_could_not_be_written_at_shutdown_is_reported_as_lost()
    {
        await using var application = await TokenApplication.CreateAsync();
        var writer = application.Get<UsageWriter>();
        await writer.StartAsync(CancellationToken.None);
        NoteUses(application, 3);
        application.Store.Fail("RecordUseAsync");

        await writer.StopAsync(CancellationToken.None);

        Assert.StartsWith("3 last uses were lost at shutdown", Assert.Single(application.Logged(411)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_delays_the_shutdown_by_5_seconds_and_no_longer()
    {
        await using var application = await TokenApplication.CreateAsync();
        var writer = application.Get<UsageWriter>();
        await writer.StartAsync(CancellationToken.None);
        await application.Time.NextDelayAsync();
        NoteUses(application, 1);
        var hanging = new TaskCompletionSource();
        application.Store.Before = (_, _) => hanging.Task;

        var stopping = writer.StopAsync(CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(5), await application.Time.NextDelayAsync());
        Assert.False(stopping.IsCompleted);
        application.Time.Advance(TimeSpan.FromSeconds(5));
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Single(application.Logged(411));
    }

    [Fact]
    public async Task Row_14_a_write_that_fails_after_the_shutdown_is_nobodys_surprise()
    {
        var unobserved = new List<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs args) => unobserved.Add(args.Exception);
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await FailAfterShutdownAsync();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        Assert.DoesNotContain(unobserved, exception => exception.ToString().Contains("after the shutdown", StringComparison.Ordinal));
    }

    private static async Task FailAfterShutdownAsync()
    {
        await using var application = await TokenApplication.CreateAsync();
        var writer = application.Get<UsageWriter>();
        await writer.StartAsync(CancellationToken.None);
        await application.Time.NextDelayAsync();
        NoteUses(application, 1);
        var hanging = new TaskCompletionSource();
        application.Store.Before = (_, _) => hanging.Task;
        var stopping = writer.StopAsync(CancellationToken.None);
        await application.Time.NextDelayAsync();
        application.Time.Advance(TimeSpan.FromSeconds(5));
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));

        hanging.SetException(new TimeoutException("It fails after the shutdown."));
    }

    private static MetricCollector<T> CollectorOf<T>(TokenApplication application, string instrument)
        where T : struct =>
        new(application.Get<IMeterFactory>(), PatMetrics.MeterName, instrument);

    private static Task FlushAsync(TokenApplication application) =>
        application.Get<UsageWriter>().FlushAsync(CancellationToken.None);

    /// <param name="application">Where tokens that nobody knows are used.</param>
    /// <param name="count">How many.</param>
    /// <param name="busy">How many of them, the first ones, the store does not get round to.</param>
    private static void NoteUses(TokenApplication application, int count, int busy = 0)
    {
        for (var i = 0; i < count; i++)
        {
            var token = new PersonalAccessToken { Id = Guid.CreateVersion7(application.Now) };
            if (i < busy)
            {
                application.Store.Busy.Add(token.Id);
            }

            application.Get<UsageRecorder>().Record(token, null);
        }
    }
}

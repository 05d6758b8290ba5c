using System.Threading.Channels;

namespace Pat.Core.Tests;

/// <summary>When uses are written, and what becomes of them at the end.</summary>
public sealed class UsageFlushTimeTests
{
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
        application.NoteUses(1);
        using var limit = new CancellationTokenSource(TestDeadline.Limit);

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
        application.NoteUse(token);

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
        application.NoteUses(3);
        application.Store.Fail("RecordUseAsync");

        await writer.StopAsync(CancellationToken.None);

        Assert.StartsWith("3 last uses were lost at shutdown", Assert.Single(application.Logged(411)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_delays_the_shutdown_by_5_seconds_and_no_longer()
    {
        await using var application = await TokenApplication.CreateAsync();

        var (_, stopping) = await application.StopWhileStoreHangsAsync();
        Assert.Equal(TimeSpan.FromSeconds(5), await application.Time.NextDelayAsync());
        Assert.False(stopping.IsCompleted);
        application.Time.Advance(TimeSpan.FromSeconds(5));
        await stopping.WaitAsync(TestDeadline.Limit);

        Assert.Single(application.Logged(411));
    }

    [Fact]
    public async Task A_flush_under_way_at_shutdown_is_waited_for_and_what_stands_behind_it_is_written()
    {
        await using var application = await TokenApplication.CreateAsync();
        var writer = application.Get<UsageWriter>();

        // The statement under way holds its rows.
        application.NoteUses(2_500, busy: 1_000);
        var held = await HoldFlushAsync(application, writer);

        var stopping = writer.StopAsync(CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(5), await application.Time.NextDelayAsync());
        Assert.False(stopping.IsCompleted);
        application.Store.Busy.Clear();
        held.SetResult();
        await stopping.WaitAsync(TestDeadline.Limit);

        Assert.Equal((3, 0), (application.Store.CallsOf("RecordUseAsync"), application.Get<UsageRecorder>().Count));
        Assert.Empty(application.Logged(411));
    }

    [Fact]
    public async Task A_flush_under_way_that_hangs_has_5_seconds_from_the_beginning_of_the_shutdown()
    {
        await using var application = await TokenApplication.CreateAsync();
        var writer = application.Get<UsageWriter>();
        application.NoteUses(1_001);
        await HoldFlushAsync(application, writer);

        var stopping = writer.StopAsync(CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(5), await application.Time.NextDelayAsync());
        application.Time.Advance(TimeSpan.FromSeconds(5));
        await stopping.WaitAsync(TestDeadline.Limit);

        Assert.Equal(1, application.Store.CallsOf("RecordUseAsync"));
        Assert.StartsWith("1001 last uses were lost", Assert.Single(application.Logged(411)).Message, StringComparison.Ordinal);
    }

    /// <summary>Begins a flush, whose first statement goes on until the test ends it.</summary>
    private static async Task<TaskCompletionSource> HoldFlushAsync(TokenApplication application, UsageWriter writer)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        application.Store.Before = (_, _) => held.Task;
        await writer.StartAsync(CancellationToken.None);
        await application.Time.DelayBegunAsync(TimeSpan.FromSeconds(10));
        application.Time.Advance(TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(() => application.Store.CallsOf("RecordUseAsync") == 1);
        return held;
    }
}

using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

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
        application.NoteUse(token, "192.0.2.0");
        application.Time.Advance(TimeSpan.FromSeconds(10));

        await application.FlushAsync();

        var stored = await application.ReadAsync(token.Id);
        Assert.Equal(
            (usedAt, "192.0.2.0", 1, token.UpdatedAt),
            (stored.LastUsedAt, stored.LastUsedAddress, stored.Version, stored.UpdatedAt));
    }

    [Fact]
    public async Task A_use_that_was_not_written_yet_when_its_token_was_revoked_is_written_without_its_address()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        application.Time.Advance(TimeSpan.FromMinutes(1));
        var usedAt = application.Now;
        application.NoteUse(token, "192.0.2.0");
        application.Time.Advance(TimeSpan.FromSeconds(5));
        await application.Manager.RevokeAsync(token.Id, "leaked");
        var revokedAt = application.Now;
        application.Time.Advance(TimeSpan.FromSeconds(5));

        await application.FlushAsync();

        var stored = await application.ReadAsync(token.Id);
        Assert.Equal((usedAt, null, revokedAt, revokedAt), (stored.LastUsedAt, stored.LastUsedAddress, stored.RevokedAt, stored.UpdatedAt));
    }

    [Fact]
    public async Task A_use_keeps_a_token_from_becoming_inactive()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.InactivityPeriod = TimeSpan.FromDays(5));
        var (token, value) = await application.IssueAsync();
        application.Time.Advance(TimeSpan.FromDays(4));
        application.NoteUse(token);
        await application.FlushAsync();
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
        application.NoteUse(await application.ReadAsync(token.Id));

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
            node.NoteUse(token);
            await node.FlushAsync();
            application.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMicroseconds(1));
        }

        Assert.Equal(first, (await application.ReadAsync(token.Id)).LastUsedAt);
    }

    [Fact]
    public async Task Many_uses_are_written_in_batches_of_1000()
    {
        await using var application = await TokenApplication.CreateAsync();
        application.NoteUses(2_500);

        await application.FlushAsync();

        Assert.Equal((3, 0), (application.Store.CallsOf("RecordUseAsync"), application.Get<UsageRecorder>().Count));
    }

    [Fact]
    public async Task A_batch_that_fails_is_put_back_reported_and_written_by_the_next_flush()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        application.NoteUse(token);
        application.Store.Fail("RecordUseAsync");

        await application.FlushAsync();

        Assert.Equal(1, application.Get<UsageRecorder>().Count);
        Assert.IsType<TimeoutException>(Assert.Single(application.Logged(410)).Exception);
        application.Store.Before = null;
        await application.FlushAsync();
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
            application.NoteUse(token);
        }

        application.Store.Busy.Add(busy.Id);
        await application.FlushAsync();
        Assert.Equal(1, application.Get<UsageRecorder>().Count);
        Assert.Equal((null, usedAt), ((await application.ReadAsync(busy.Id)).LastUsedAt, (await application.ReadAsync(free.Id)).LastUsedAt));
        Assert.Empty(application.Logged(410));

        application.Store.Busy.Clear();
        await application.FlushAsync();
        Assert.Equal((usedAt, 0), ((await application.ReadAsync(busy.Id)).LastUsedAt, application.Get<UsageRecorder>().Count));
    }

    [Fact]
    public async Task Busy_tokens_are_asked_for_once_in_a_flush()
    {
        await using var application = await TokenApplication.CreateAsync();
        application.NoteUses(2_500, busy: 400);

        await application.FlushAsync();

        Assert.Equal((3, 400), (application.Store.CallsOf("RecordUseAsync"), application.Get<UsageRecorder>().Count));
    }

    [Fact]
    public async Task A_batch_that_is_all_busy_keeps_no_other_from_being_written()
    {
        await using var application = await TokenApplication.CreateAsync();
        application.NoteUses(2_500, busy: 1_000);

        await application.FlushAsync();

        Assert.Equal((3, 1_000), (application.Store.CallsOf("RecordUseAsync"), application.Get<UsageRecorder>().Count));
    }

    [Fact]
    public async Task What_is_dropped_is_one_line_in_the_log_of_a_flush_and_counted()
    {
        await using var application = await TokenApplication.CreateAsync();
        using var dropped = CollectorOf<long>(application, "pat.usage.dropped");
        application.NoteUses(100_010);
        application.Store.Fail("RecordUseAsync");

        await application.FlushAsync();
        await application.FlushAsync();

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
        application.NoteUse(token);
        application.NoteUses(4);

        pending.RecordObservableInstruments();
        Assert.Equal(5, pending.LastMeasurement!.Value);
        await application.FlushAsync();

        pending.RecordObservableInstruments();
        Assert.Equal(0, pending.LastMeasurement.Value);
        Assert.Equal(1, Assert.Single(flushed.GetMeasurementSnapshot()).Value);
    }

    [Fact]
    public async Task What_is_noted_during_a_flush_is_for_the_next_one()
    {
        await using var application = await TokenApplication.CreateAsync();
        application.NoteUses(1);
        application.Store.Before = (_, _) =>
        {
            application.NoteUses(1);
            return Task.CompletedTask;
        };

        await application.FlushAsync();

        Assert.Equal((1, 1), (application.Store.CallsOf("RecordUseAsync"), application.Get<UsageRecorder>().Count));
    }

    [Fact]
    public async Task A_failing_store_is_asked_once_in_a_flush()
    {
        await using var application = await TokenApplication.CreateAsync();
        application.NoteUses(2_500);
        application.Store.Fail();

        await application.FlushAsync();

        Assert.Equal((1, 2_500), (application.Store.CallsOf("RecordUseAsync"), application.Get<UsageRecorder>().Count));
    }

    private static MetricCollector<T> CollectorOf<T>(TokenApplication application, string instrument)
        where T : struct =>
        new(application.Get<IMeterFactory>(), PatMetrics.MeterName, instrument);
}

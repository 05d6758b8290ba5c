using Microsoft.Extensions.Hosting;

namespace Pat.Core.Tests;

public sealed class CleanupServiceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    [Fact]
    public async Task It_begins_at_a_random_moment_of_the_first_interval()
    {
        var starts = new List<TimeSpan>();
        for (var i = 0; i < 20; i++)
        {
            await using var application = await TokenApplication.CreateAsync();
            var service = ServiceOf(application);
            await service.StartAsync(CancellationToken.None);
            starts.Add(await application.Time.NextDelayAsync());
            await service.StopAsync(CancellationToken.None);
        }

        Assert.All(starts, start => Assert.InRange(start, TimeSpan.Zero, Interval));
        Assert.True(starts.Max() - starts.Min() > Interval / 10, "Nodes started together would clean up together.");
    }

    [Fact]
    public async Task It_repeats_every_interval_and_a_failure_is_reported_and_ends_nothing()
    {
        await using var application = await TokenApplication.CreateAsync();
        await application.IssueAsync(expiresAt: application.Now.AddMinutes(1));
        application.Time.Advance(TimeSpan.FromDays(91));
        var service = ServiceOf(application);
        application.Store.Fail("RemoveAsync");

        application.Time.ForgetDelays();
        await service.StartAsync(CancellationToken.None);
        application.Time.Advance(await application.Time.NextDelayAsync());
        for (var failures = 1; failures <= 2; failures++)
        {
            Assert.Equal(Interval, await application.Time.NextDelayAsync());
            Assert.Equal(failures, application.Logged(400).Count);
            application.Time.Advance(Interval);
        }

        await application.Time.NextDelayAsync();
        application.Store.Before = null;
        application.Time.Advance(Interval);
        await application.Time.NextDelayAsync();

        Assert.Equal(0, await application.CountRowsAsync());
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task It_stops_at_once_while_it_waits()
    {
        await using var application = await TokenApplication.CreateAsync();
        var service = ServiceOf(application);
        await service.StartAsync(CancellationToken.None);
        await application.Time.NextDelayAsync();

        await service.StopAsync(CancellationToken.None).WaitAsync(TestDeadline.Limit);

        Assert.Equal(0, application.Store.Calls);
    }

    [Fact]
    public async Task It_stops_at_once_in_the_middle_of_a_batch_and_calls_it_no_failure()
    {
        await using var application = await TokenApplication.CreateAsync();
        var isRemoving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        application.Store.Before = (method, cancellationToken) =>
        {
            if (method != "RemoveAsync")
            {
                return Task.CompletedTask;
            }

            isRemoving.SetResult();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        };
        var service = ServiceOf(application);
        await service.StartAsync(CancellationToken.None);
        application.Time.Advance(await application.Time.NextDelayAsync());
        await isRemoving.Task.WaitAsync(TestDeadline.Limit);

        await service.StopAsync(CancellationToken.None).WaitAsync(TestDeadline.Limit);

        Assert.Empty(application.Logged(400));
    }

    private static CleanupService ServiceOf(TokenApplication application) =>
        Assert.Single(application.Get<IEnumerable<IHostedService>>().OfType<CleanupService>());
}

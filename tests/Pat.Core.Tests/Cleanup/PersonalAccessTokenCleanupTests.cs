namespace Pat.Core.Tests;

public sealed class PersonalAccessTokenCleanupTests
{
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    [Fact]
    public async Task An_inactive_token_stays_for_InactiveRetention_and_a_used_one_for_good()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxLifetime = null);
        var (unused, _) = await application.IssueAsync(expiresAt: application.Now.AddYears(10));
        var (used, _) = await application.IssueAsync(expiresAt: application.Now.AddYears(10));
        application.Time.Advance(TimeSpan.FromDays(365 + 7) - Microsecond);
        await application.ChangeRowAsync(used.Id, row => row.LastUsedAt = application.Now);

        Assert.Equal(0, await RunAsync(application));
        application.Time.Advance(Microsecond);
        Assert.Equal(1, await RunAsync(application));

        Assert.Null(await application.Manager.FindAsync(unused.Id));
        Assert.NotNull(await application.Manager.FindAsync(used.Id));
    }

    [Fact]
    public async Task An_expired_and_a_revoked_token_stay_for_Retention()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, expired) = await application.IssueAsync(expiresAt: application.Now.AddDays(1));
        application.Time.Advance(TimeSpan.FromDays(1));
        var (revoked, value) = await application.IssueAsync(expiresAt: application.Now.AddDays(300));
        await application.Manager.RevokeAsync("alice", revoked.Id);
        await application.IssueAsync(expiresAt: application.Now.AddDays(300));
        application.Time.Advance(TimeSpan.FromDays(90) - Microsecond);

        Assert.Equal(0, await RunAsync(application));
        Assert.Equal(PersonalAccessTokenRefusal.Expired, await application.RefusalOfAsync(expired));
        application.Time.Advance(Microsecond);
        Assert.Equal(2, await RunAsync(application));

        Assert.Equal(
            (PersonalAccessTokenRefusal.UnknownId, PersonalAccessTokenRefusal.UnknownId, 1),
            (await application.RefusalOfAsync(expired), await application.RefusalOfAsync(value), await application.CountRowsAsync()));
        Assert.Contains(application.Logged(401), record => record.Message == "Clean-up removed 2 tokens.");
    }

    [Fact]
    public async Task It_removes_in_batches_with_pauses_until_none_are_left()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.CleanupBatchSize = 2);
        for (var i = 0; i < 5; i++)
        {
            await application.IssueAsync(expiresAt: application.Now.AddMinutes(1));
        }

        application.Time.Advance(TimeSpan.FromDays(91));
        application.Time.ForgetDelays();
        var running = application.Get<PersonalAccessTokenCleanup>().RunAsync();
        for (var pause = 0; pause < 2; pause++)
        {
            Assert.Equal(TimeSpan.FromMilliseconds(50), await application.Time.NextDelayAsync());
            application.Time.Advance(TimeSpan.FromMilliseconds(50));
        }

        Assert.Equal(5, await running.WaitAsync(TestDeadline.Limit));
        Assert.Equal((3, 0), (application.Store.CallsOf("RemoveAsync"), await application.CountRowsAsync()));
    }

    [Theory]
    [InlineData(60_000_000, true)]
    [InlineData(-60_000_000, true)]
    [InlineData(60_000_001, false)]
    [InlineData(-60_000_001, false)]
    public async Task A_node_whose_clock_is_off_by_more_than_MaxClockSkew_removes_nothing_and_says_so(long microseconds, bool cleans)
    {
        await using var application = await TokenApplication.CreateAsync();
        await application.IssueAsync(expiresAt: application.Now.AddMinutes(1));
        application.Time.Advance(TimeSpan.FromDays(91));
        application.Store.Skew = TimeSpan.FromMicroseconds(microseconds);

        Assert.Equal(cleans ? 1 : 0, await RunAsync(application));

        Assert.Equal(cleans ? (1, 0) : (0, 1), (application.Store.CallsOf("RemoveAsync"), application.Logged(402).Count));
    }

    private static Task<int> RunAsync(TokenApplication application) => application.Get<PersonalAccessTokenCleanup>().RunAsync();
}

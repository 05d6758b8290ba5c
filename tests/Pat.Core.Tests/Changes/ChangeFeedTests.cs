using Microsoft.Extensions.Logging;

namespace Pat.Core.Tests;

/// <summary>Rows 8 and 34 of the known failures: what one node changes counts on the others at once where a feed tells them.</summary>
public sealed class ChangeFeedTests
{
    [Fact]
    public async Task A_revocation_counts_on_another_node_as_soon_as_it_is_told()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (token, value) = await nodes.IssueWarmAsync();

        await nodes.First.Manager.RevokeAsync("alice", token.Id);

        await Eventually.TrueAsync(async () => await nodes.Second.RefusalOfAsync(value) == PersonalAccessTokenRefusal.Revoked);
    }

    [Fact]
    public async Task The_end_of_all_tokens_of_an_owner_counts_on_another_node_as_soon_as_it_is_told()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (_, value) = await nodes.IssueWarmAsync();

        await nodes.First.Manager.RevokeAllAsync("alice");

        await Eventually.TrueAsync(async () => await nodes.Second.RefusalOfAsync(value) == PersonalAccessTokenRefusal.Revoked);
    }

    [Fact]
    public async Task Less_scopes_and_the_end_of_the_former_secret_count_on_another_node_as_soon_as_they_are_told()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (token, value) = await nodes.IssueWarmAsync();

        await nodes.First.Manager.EditAsync("alice", token.Id, new() { Scopes = ["read"] });
        await Eventually.TrueAsync(async () => (await nodes.Second.Manager.VerifyAsync(value)).Token!.Scopes is ["read"]);

        var rotated = await nodes.First.Manager.RotateAsync("alice", token.Id, new());
        await Eventually.TrueAsync(async () => await nodes.Second.RefusalOfAsync(value) == PersonalAccessTokenRefusal.WrongSecret);
        Assert.Equal(PersonalAccessTokenRefusal.None, await nodes.Second.RefusalOfAsync(rotated.Value!));
    }

    [Fact]
    public async Task An_owner_who_is_locked_is_known_on_another_node_as_soon_as_it_is_told()
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var nodes = await TwoNodes.StartAsync(owners: owners);
        var (_, value) = await nodes.IssueWarmAsync();

        owners.Set("alice", isActive: false);
        Assert.Equal(PersonalAccessTokenRefusal.None, await nodes.Second.RefusalOfAsync(value));
        await nodes.First.Manager.NotifyOwnerChangedAsync("alice");

        await Eventually.TrueAsync(async () => await nodes.Second.RefusalOfAsync(value) == PersonalAccessTokenRefusal.OwnerDisabled);
    }

    [Fact]
    public async Task What_a_node_changed_itself_is_not_read_again_when_it_hears_of_it()
    {
        await using var nodes = await TwoNodes.StartAsync();
        using var heard = nodes.First.Measure<double>("pat.revocation.propagation");
        var (token, value) = await nodes.IssueWarmAsync();
        await nodes.First.Manager.EditAsync("alice", token.Id, new() { Name = "renamed" });
        Assert.Equal(PersonalAccessTokenRefusal.None, await nodes.First.RefusalOfAsync(value));
        await Eventually.TrueAsync(() => heard.GetMeasurementSnapshot().Count > 0);
        var lookups = nodes.First.Store.Lookups;

        Assert.Equal(PersonalAccessTokenRefusal.None, await nodes.First.RefusalOfAsync(value));

        Assert.Equal(lookups, nodes.First.Store.Lookups);
    }

    [Fact]
    public async Task Creations_uses_and_clean_up_tell_nothing()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (_, value) = await nodes.IssueWarmAsync();
        nodes.First.Get<PersonalAccessTokenVerifier>().NoteUse(
            await nodes.First.Get<PersonalAccessTokenVerifier>().VerifyAsync(value, default), null);
        await nodes.First.Get<UsageWriter>().FlushAsync(default);
        await nodes.First.Get<PersonalAccessTokenCleanup>().RunAsync();

        Assert.Empty(nodes.Feed.Changes);
        Assert.Equal(1, nodes.First.Store.CallsOf("RecordUseAsync"));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task A_feed_that_goes_with_writes_is_told_nothing_of_a_write_that_was_done(bool goesWithWrites, int notices)
    {
        await using var nodes = await TwoNodes.StartAsync(new TestFeed { GoesWithWrites = goesWithWrites });
        var (token, _) = await nodes.IssueWarmAsync();

        await nodes.First.Manager.RevokeAsync("alice", token.Id);

        Assert.Equal(notices, nodes.Feed.Changes.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_whose_outcome_is_unknown_is_told_by_every_feed(bool goesWithWrites)
    {
        await using var nodes = await TwoNodes.StartAsync(new TestFeed { GoesWithWrites = goesWithWrites });
        var (token, _) = await nodes.IssueWarmAsync();
        nodes.First.Store.Fail("RevokeAsync");

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => nodes.First.Manager.RevokeAsync("alice", token.Id));

        Assert.Equal([PersonalAccessTokenChange.OfToken(token.Id)], nodes.Feed.Changes.Select(notice => notice.Change!.Value));
    }

    [Fact]
    public async Task A_write_that_arrives_after_its_time_is_told_once_more()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (token, value) = await nodes.IssueWarmAsync();
        var arriving = new TaskCompletionSource();
        nodes.First.Store.Before = async (method, _) =>
        {
            if (method == "RevokeAsync")
            {
                // The statement was sent, and arrives by whatever way.
                await arriving.Task;
                await nodes.Second.Store.RevokeAsync(token.Id, nodes.First.Now, null, CancellationToken.None);
            }
        };
        nodes.First.Time.ForgetDelays();
        var revocation = nodes.First.Manager.RevokeAsync("alice", token.Id);
        await nodes.First.Time.DelayBegunAsync(TimeSpan.FromSeconds(2));
        await nodes.First.Time.DelayBegunAsync(TimeSpan.FromSeconds(2));
        nodes.First.Time.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => revocation.WaitAsync(TestDeadline.Limit));
        Assert.Equal(PersonalAccessTokenRefusal.None, await nodes.First.RefusalOfAsync(value));

        arriving.SetResult();

        await Eventually.TrueAsync(() => nodes.Feed.Changes.Count == 2);
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await nodes.First.RefusalOfAsync(value));
        await Eventually.TrueAsync(async () => await nodes.Second.RefusalOfAsync(value) == PersonalAccessTokenRefusal.Revoked);
    }

    [Fact]
    public async Task A_feed_that_fails_keeps_nobody_from_revoking()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (token, value) = await nodes.IssueWarmAsync();
        nodes.Feed.Before = _ => throw new IOException("The feed is down.");

        Assert.True(await nodes.First.Manager.RevokeAsync("alice", token.Id));

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await nodes.First.RefusalOfAsync(value));
        Assert.Single(nodes.First.Logged(424), record => record.Level == LogLevel.Warning);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_could_not_be_told_is_made_up_for_once_when_the_feed_works_again(bool hangs)
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (token, value) = await nodes.IssueWarmAsync();
        var (first, attempts) = (nodes.First.Get<PersonalAccessTokenNode>().Id, 0);
        nodes.Feed.Before = notice =>
        {
            // The other node's feed is up all the while, so that it does not read again by itself.
            if (notice.NodeId != first)
            {
                return Task.CompletedTask;
            }

            Interlocked.Increment(ref attempts);
            return hangs ? Task.Delay(Timeout.Infinite, CancellationToken.None) : throw new IOException("The feed is down.");
        };
        var revocation = nodes.First.Manager.RevokeAsync("alice", token.Id);
        await AdvanceUntilAsync(nodes, () => Task.FromResult(revocation.IsCompleted));
        Assert.True(await revocation);

        // Nor is it forgotten where making up for it fails as well.
        await AdvanceUntilAsync(nodes, () => Task.FromResult(Volatile.Read(ref attempts) >= 3));
        Assert.Equal(PersonalAccessTokenRefusal.None, await nodes.Second.RefusalOfAsync(value));
        nodes.Feed.Before = null;

        await AdvanceUntilAsync(nodes, async () => await nodes.Second.RefusalOfAsync(value) == PersonalAccessTokenRefusal.Revoked);
        await AdvanceUntilAsync(nodes, () => Task.FromResult(nodes.First.Get<FeedStatus>().IsUp));
        var notice = Assert.Single(nodes.Feed.Changes);
        Assert.Equal(PersonalAccessTokenChange.Everything, notice.Change);
        Assert.Equal(first, notice.NodeId);
    }

    [Fact]
    public async Task What_a_feed_could_not_tell_with_its_write_is_made_up_for()
    {
        await using var nodes = await TwoNodes.StartAsync(new TestFeed { GoesWithWrites = true });
        var (token, value) = await nodes.IssueWarmAsync();
        await nodes.First.Manager.RevokeAsync("alice", token.Id);
        Assert.Equal(PersonalAccessTokenRefusal.None, await nodes.Second.RefusalOfAsync(value));

        // The one feed here is that of both nodes: whichever sends it is not the one that acts on it.
        await AdvanceUntilAsync(nodes, async () =>
        {
            nodes.Feed.IsUntold = true;
            return await nodes.Second.RefusalOfAsync(value) == PersonalAccessTokenRefusal.Revoked;
        });
    }

    [Fact]
    public async Task A_feed_that_hangs_holds_a_revocation_up_for_a_second()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (token, _) = await nodes.IssueWarmAsync();
        nodes.Feed.Before = _ => Task.Delay(Timeout.Infinite, CancellationToken.None);
        nodes.First.Time.ForgetDelays();

        var revocation = nodes.First.Manager.RevokeAsync("alice", token.Id);
        await nodes.First.Time.DelayBegunAsync(TimeSpan.FromSeconds(1));
        nodes.First.Time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.False(revocation.IsCompleted);
        nodes.First.Time.Advance(TimeSpan.FromTicks(1));

        Assert.True(await revocation.WaitAsync(TestDeadline.Limit));
    }

    [Fact]
    public async Task How_long_a_change_took_is_measured_by_the_stores_clock_on_every_node()
    {
        await using var nodes = await TwoNodes.StartAsync();
        using var first = nodes.First.Measure<double>("pat.revocation.propagation");
        using var second = nodes.Second.Measure<double>("pat.revocation.propagation");
        using var negative = nodes.Second.Measure<long>("pat.revocation.early_notices");
        nodes.First.Store.Skew = nodes.Second.Store.Skew = TimeSpan.FromMinutes(5);
        await nodes.First.Get<StoreMonitor>().ProbeAsync(default);
        await nodes.Second.Get<StoreMonitor>().ProbeAsync(default);
        var (token, _) = await nodes.IssueWarmAsync();
        nodes.Feed.IsSlow = true;
        await nodes.First.Manager.RevokeAsync("alice", token.Id);
        nodes.First.Time.Advance(TimeSpan.FromMilliseconds(250));

        nodes.Feed.Release();

        await Eventually.TrueAsync(() => first.GetMeasurementSnapshot().Count + second.GetMeasurementSnapshot().Count == 2);
        Assert.Equal([0.25, 0.25], [.. first.GetMeasurementSnapshot().Concat(second.GetMeasurementSnapshot()).Select(taken => taken.Value)]);
        Assert.Empty(negative.GetMeasurementSnapshot());
    }

    [Fact]
    public async Task A_notice_that_seems_to_come_before_it_was_sent_is_counted()
    {
        await using var nodes = await TwoNodes.StartAsync();
        using var measured = nodes.Second.Measure<double>("pat.revocation.propagation");
        using var negative = nodes.Second.Measure<long>("pat.revocation.early_notices");

        nodes.Feed.Send(PersonalAccessTokenNotice.OfChange(
            new PersonalAccessTokenNode(), PersonalAccessTokenChange.OfOwner("alice"), nodes.Second.Now.AddSeconds(1)).ToString());

        await Eventually.TrueAsync(() => measured.GetMeasurementSnapshot().Count == 1);
        Assert.Equal((0, 1), (measured.LastMeasurement!.Value, negative.LastMeasurement!.Value));
    }

    /// <summary>Lets time pass, no faster than heartbeats can go to and fro.</summary>
    private static Task AdvanceUntilAsync(TwoNodes nodes, Func<Task<bool>> condition) => Eventually.TrueAsync(async () =>
    {
        nodes.First.Time.Advance(TimeSpan.FromMilliseconds(250));
        await Task.Delay(TimeSpan.FromMilliseconds(10));
        return await condition();
    });
}

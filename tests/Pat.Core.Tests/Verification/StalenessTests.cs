namespace Pat.Core.Tests;

/// <summary>What a node knows of a token counts for less than <see cref="PersonalAccessTokenOptions.MaxStaleness"/>, which is 10 seconds here.</summary>
public sealed class StalenessTests
{
    private static readonly TimeSpan MaxStaleness = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public static TheoryData<Clocks> EachClock => new(Enum.GetValues<Clocks>());

    [Fact]
    public async Task A_wall_clock_that_is_set_back_does_not_extend_it()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await other.Manager.RevokeAsync("alice", token.Id);
        application.Time.AdvanceWallClock(-TimeSpan.FromHours(1));

        application.Time.Advance(MaxStaleness - Tick);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        application.Time.Advance(Tick);
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Theory]
    [MemberData(nameof(EachClock))]
    public async Task The_bound_is_the_one_that_is_configured(Clocks clocks)
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxStaleness = TimeSpan.FromSeconds(1));
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await other.Manager.RevokeAsync("alice", token.Id);

        application.Time.Advance(clocks, TimeSpan.FromSeconds(1) - Tick);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        application.Time.Advance(clocks, Tick);
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Theory]
    [MemberData(nameof(EachClock))]
    public async Task It_is_counted_from_before_the_read_was_sent(Clocks clocks)
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        var held = application.Store.HoldNextLookup();
        var slow = application.RefusalOfAsync(value);
        await held.ReadAsync();
        await other.Manager.RevokeAsync("alice", token.Id);
        application.Time.Advance(clocks, TimeSpan.FromSeconds(1));
        held.Release();
        Assert.Equal(PersonalAccessTokenRefusal.None, await slow);

        application.Time.Advance(clocks, MaxStaleness - TimeSpan.FromSeconds(1) - Tick);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        application.Time.Advance(clocks, Tick);
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Theory]
    [MemberData(nameof(EachClock))]
    public async Task It_is_counted_from_the_read_of_the_row_though_the_owner_was_read_later(Clocks clocks)
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        await using var other = application.AddNode(owners: owners);
        var (token, value) = await application.IssueAsync();
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        owners.AfterRead = () =>
        {
            reading.SetResult();
            return answer.Task;
        };
        var slow = application.RefusalOfAsync(value);
        await reading.Task;
        owners.AfterRead = null;
        await other.Manager.RevokeAsync("alice", token.Id);
        application.Time.Advance(clocks, TimeSpan.FromSeconds(1));
        answer.SetResult();
        Assert.Equal(PersonalAccessTokenRefusal.None, await slow);

        application.Time.Advance(clocks, MaxStaleness - TimeSpan.FromSeconds(1) - Tick);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        application.Time.Advance(clocks, Tick);
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Theory]
    [MemberData(nameof(EachClock))]
    public async Task Use_does_not_extend_it(Clocks clocks)
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await other.Manager.RevokeAsync("alice", token.Id);

        for (var second = 1; second < 10; second++)
        {
            application.Time.Advance(clocks, TimeSpan.FromSeconds(1));
            Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        }

        application.Time.Advance(clocks, TimeSpan.FromSeconds(1));
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Where_none_is_allowed_every_change_elsewhere_is_seen_by_the_next_presentation()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxStaleness = TimeSpan.Zero);
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));

        await other.Manager.RevokeAsync("alice", token.Id);

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task An_expiry_and_inactivity_are_judged_at_use_though_the_row_was_read_before()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.InactivityPeriod = TimeSpan.FromDays(2));
        var (_, expiring) = await application.IssueAsync(expiresAt: application.Now.AddDays(1));
        var (_, unused) = await application.IssueAsync();

        foreach (var (value, days, refusal) in new[]
        {
            (expiring, 1, PersonalAccessTokenRefusal.Expired), (unused, 1, PersonalAccessTokenRefusal.Inactive),
        })
        {
            application.Time.Advance(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
            Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
            application.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(refusal, await application.RefusalOfAsync(value));
        }
    }
}

using System.Security.Claims;

namespace Pat.Core.Tests;

/// <summary>What a node knows of a token counts for less than <see cref="PersonalAccessTokenOptions.MaxStaleness"/>, which is 10 seconds here.</summary>
public sealed class StalenessTests
{
    private static readonly TimeSpan MaxStaleness = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public enum Clocks
    {
        Both,
        Monotonic,
        Wall,
    }

    // Row 8 of the known failures, and the two clocks: a machine that sleeps stops the one, an operator sets the other.
    [Theory]
    [InlineData(Clocks.Both)]
    [InlineData(Clocks.Monotonic)]
    [InlineData(Clocks.Wall)]
    public async Task A_revocation_on_another_node_is_seen_when_the_bound_is_reached_by_either_clock_and_not_before(Clocks clocks)
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        await other.Manager.RevokeAsync("alice", token.Id);

        Advance(application.Time, clocks, MaxStaleness - Tick);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        Assert.Equal(1, application.Store.Lookups);

        Advance(application.Time, clocks, Tick);
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task The_bound_is_the_one_that_is_configured()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxStaleness = TimeSpan.FromSeconds(1));
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await other.Manager.RevokeAsync("alice", token.Id);

        application.Time.Advance(TimeSpan.FromSeconds(1) - Tick);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        application.Time.Advance(Tick);
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task It_is_counted_from_before_the_read_was_sent()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        var held = application.Store.HoldNextLookup();
        var slow = application.RefusalOfAsync(value);
        await held.ReadAsync();
        await other.Manager.RevokeAsync("alice", token.Id);
        application.Time.Advance(TimeSpan.FromSeconds(1));
        held.Release();
        Assert.Equal(PersonalAccessTokenRefusal.None, await slow);

        application.Time.Advance(MaxStaleness - TimeSpan.FromSeconds(1) - Tick);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        application.Time.Advance(Tick);
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task It_is_counted_from_the_read_of_the_row_though_the_owner_was_read_later()
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
        application.Time.Advance(TimeSpan.FromSeconds(1));
        answer.SetResult();
        Assert.Equal(PersonalAccessTokenRefusal.None, await slow);

        application.Time.Advance(MaxStaleness - TimeSpan.FromSeconds(1) - Tick);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        application.Time.Advance(Tick);
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Use_does_not_extend_it()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await other.Manager.RevokeAsync("alice", token.Id);

        for (var second = 1; second < 10; second++)
        {
            application.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        }

        application.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    // Row 10 of the known failures: what was stale was served once more while it was being read again.
    [Fact]
    public async Task The_first_use_after_a_long_pause_is_refused_where_the_token_was_revoked_elsewhere()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        application.Time.Advance(TimeSpan.FromHours(1));
        await other.Manager.RevokeAsync("alice", token.Id);

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task A_scope_that_is_taken_away_elsewhere_is_gone_when_the_bound_is_reached()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync(scopes: ["read", "write"]);
        await application.RefusalOfAsync(value);
        await other.Manager.UpdateAsync("alice", token.Id, new() { Scopes = ["read"] });

        application.Time.Advance(MaxStaleness - Tick);
        Assert.Equal(["read", "write"], (await application.Manager.VerifyAsync(value)).Token!.Scopes);
        application.Time.Advance(Tick);
        Assert.Equal(["read"], (await application.Manager.VerifyAsync(value)).Token!.Scopes);
    }

    [Fact]
    public async Task An_owner_who_is_locked_or_whose_claims_change_elsewhere_is_so_when_the_bound_is_reached()
    {
        var owners = new TestOwners();
        owners.Known["alice"] = new PersonalAccessTokenOwner { Id = "alice", Claims = [new Claim("role", "admin")] };
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        var (_, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);

        owners.Set("alice");
        application.Time.Advance(MaxStaleness - Tick);
        Assert.Single((await application.Manager.VerifyAsync(value)).Owner!.Claims);
        application.Time.Advance(Tick);
        Assert.Empty((await application.Manager.VerifyAsync(value)).Owner!.Claims);

        owners.Set("alice", isActive: false);
        application.Time.Advance(MaxStaleness - Tick);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        application.Time.Advance(Tick);
        Assert.Equal(PersonalAccessTokenRefusal.OwnerDisabled, await application.RefusalOfAsync(value));
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

    private static void Advance(ObservedTime time, Clocks clocks, TimeSpan by)
    {
        switch (clocks)
        {
            case Clocks.Monotonic:
                time.AdvanceMonotonicClock(by);
                break;

            case Clocks.Wall:
                time.AdvanceWallClock(by);
                break;

            default:
                time.Advance(by);
                break;
        }
    }
}

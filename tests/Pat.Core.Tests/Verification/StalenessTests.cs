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

    public enum Change
    {
        Revocation,
        RevocationOfAll,
        Rotation,
        Removal,
        EarlierExpiry,
        FewerScopes,
        OtherClaims,
        LockedOwner,
        RemovedOwner,
    }

    public static TheoryData<Clocks> EachClock => new(Enum.GetValues<Clocks>());

    public static MatrixTheoryData<Change, Clocks> EachChangeByEachClock => new(Enum.GetValues<Change>(), Enum.GetValues<Clocks>());

    // Row 8 of the known failures, and the two clocks: a machine that sleeps stops the one, an operator sets the other.
    [Theory]
    [MemberData(nameof(EachChangeByEachClock))]
    public async Task Row_8_A_change_on_another_node_is_seen_when_the_bound_is_reached_by_either_clock_and_not_before(Change change, Clocks clocks)
    {
        var owners = new TestOwners();
        owners.Known["alice"] = new PersonalAccessTokenOwner { Id = "alice", Claims = [new Claim("role", "admin")] };
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        await using var other = application.AddNode(owners: owners);
        var (token, value) = await application.IssueAsync(scopes: ["read", "write"]);
        Assert.Equal("read write admin", await SeenAsync(application, value));
        await ChangeAsync(other, owners, token.Id, change);
        application.Time.Advance(TimeSpan.FromSeconds(1));

        Advance(application.Time, clocks, MaxStaleness - TimeSpan.FromSeconds(1) - Tick);
        Assert.Equal("read write admin", await SeenAsync(application, value));
        Assert.Equal(1, application.Store.Lookups);

        Advance(application.Time, clocks, Tick);
        Assert.Equal(Outcome(change), await SeenAsync(application, value));
    }

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

        Advance(application.Time, clocks, TimeSpan.FromSeconds(1) - Tick);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        Advance(application.Time, clocks, Tick);
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
        Advance(application.Time, clocks, TimeSpan.FromSeconds(1));
        held.Release();
        Assert.Equal(PersonalAccessTokenRefusal.None, await slow);

        Advance(application.Time, clocks, MaxStaleness - TimeSpan.FromSeconds(1) - Tick);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        Advance(application.Time, clocks, Tick);
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
        Advance(application.Time, clocks, TimeSpan.FromSeconds(1));
        answer.SetResult();
        Assert.Equal(PersonalAccessTokenRefusal.None, await slow);

        Advance(application.Time, clocks, MaxStaleness - TimeSpan.FromSeconds(1) - Tick);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        Advance(application.Time, clocks, Tick);
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
            Advance(application.Time, clocks, TimeSpan.FromSeconds(1));
            Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        }

        Advance(application.Time, clocks, TimeSpan.FromSeconds(1));
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    // Row 10 of the known failures: what was stale was served once more while it was being read again.
    [Theory]
    [MemberData(nameof(EachClock))]
    public async Task Row_10_The_first_use_after_a_long_pause_is_refused_where_the_token_was_revoked_elsewhere(Clocks clocks)
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        Advance(application.Time, clocks, TimeSpan.FromHours(1));
        await other.Manager.RevokeAsync("alice", token.Id);

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

    private static Task ChangeAsync(TokenApplication node, TestOwners owners, Guid id, Change change)
    {
        switch (change)
        {
            case Change.Revocation:
                return node.Manager.RevokeAsync("alice", id);

            case Change.RevocationOfAll:
                return node.Manager.RevokeAllAsync("alice");

            case Change.Rotation:
                return node.Manager.RotateAsync("alice", id, new());

            case Change.Removal:
                return node.RemoveRowAsync(id);

            case Change.EarlierExpiry:
                return node.Manager.UpdateAsync("alice", id, new() { ExpiresAt = node.Now.AddSeconds(1) });

            case Change.FewerScopes:
                return node.Manager.UpdateAsync("alice", id, new() { Scopes = ["read"] });

            case Change.OtherClaims:
                owners.Known["alice"] = new PersonalAccessTokenOwner { Id = "alice", Claims = [new Claim("role", "guest")] };
                return Task.CompletedTask;

            case Change.LockedOwner:
                owners.Set("alice", isActive: false);
                return Task.CompletedTask;

            default:
                owners.Known.Clear();
                return Task.CompletedTask;
        }
    }

    private static string Outcome(Change change) => change switch
    {
        Change.Revocation or Change.RevocationOfAll => nameof(PersonalAccessTokenRefusal.Revoked),
        Change.Rotation => nameof(PersonalAccessTokenRefusal.WrongSecret),
        Change.Removal => nameof(PersonalAccessTokenRefusal.UnknownId),
        Change.EarlierExpiry => nameof(PersonalAccessTokenRefusal.Expired),
        Change.FewerScopes => "read admin",
        Change.OtherClaims => "read write guest",
        _ => nameof(PersonalAccessTokenRefusal.OwnerDisabled),
    };

    /// <summary>The scopes and the owner's roles that a token is accepted with, or why it is refused.</summary>
    private static async Task<string> SeenAsync(TokenApplication node, string value)
    {
        var verification = await node.Manager.VerifyAsync(value);
        return verification.Succeeded
            ? string.Join(' ', verification.Token.Scopes.Concat(verification.Owner!.Claims.Select(claim => claim.Value)))
            : verification.Refusal.ToString();
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

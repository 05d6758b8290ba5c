using System.Security.Claims;

namespace Pat.Security.Tests;

/// <summary>
/// Row 8. Revoked tokens lived on in a cache, for three days in one case (NocoDB CVE-2026-46554), for minutes in others. What a node knows
/// of a token counts for MaxStaleness from before it was read, by the later of two clocks, and neither use nor a clock that is set back
/// extends that.
/// </summary>
/// <remarks>
/// Further evidence: TaskApiTests over HTTP (TaskApi.Tests); across processes rules a to d of the history checker (Pat.History.Tests).
/// </remarks>
public sealed class Row08CacheOutlivesRevocationTests
{
    private static readonly TimeSpan MaxStaleness = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

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

        application.Time.Advance(clocks, MaxStaleness - TimeSpan.FromSeconds(1) - Tick);
        Assert.Equal("read write admin", await SeenAsync(application, value));
        Assert.Equal(1, application.Store.Lookups);

        application.Time.Advance(clocks, Tick);
        Assert.Equal(Outcome(change), await SeenAsync(application, value));
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
                return node.Manager.EditAsync("alice", id, new() { ExpiresAt = node.Now.AddSeconds(1) });

            case Change.FewerScopes:
                return node.Manager.EditAsync("alice", id, new() { Scopes = ["read"] });

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
}

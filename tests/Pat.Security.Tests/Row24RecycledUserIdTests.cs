namespace Pat.Security.Tests;

/// <summary>
/// Row 24. A recycled user id revived the tokens of the one before (Zitadel CVE-2026-55670). A revocation is final: tokens that were
/// revoked when their owner was deleted stay dead when the id is used again.
/// </summary>
public sealed class Row24RecycledUserIdTests
{
    [Fact]
    public async Task Row_24_Tokens_revoked_with_a_deleted_owner_stay_dead_when_the_id_is_used_again()
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        var (_, value) = await application.IssueAsync();

        await application.Manager.RevokeAllAsync("alice", reason: "user deleted");
        owners.Known.Clear();
        owners.Set("alice");

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Row_24_A_token_that_was_being_made_when_its_owner_was_deleted_is_not_made()
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        var held = await HeldHashRoom.HoldAsync(application);
        var creation = application.Manager.CreateAsync(
            new() { OwnerId = "alice", Name = "ci", Scopes = ["read"], ExpiresAt = application.Now.AddDays(1) });
        await held.WaitingAsync(1);

        owners.Remove("alice");
        await application.Manager.RevokeAllAsync("alice", reason: "user deleted");
        await held.ReleaseAsync();

        Assert.Equal(PersonalAccessTokenFailure.OwnerDisabled, (await creation).Failure);
        Assert.Equal(0, await application.CountRowsAsync());
    }
}

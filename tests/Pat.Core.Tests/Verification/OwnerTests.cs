using System.Security.Claims;

namespace Pat.Core.Tests;

public sealed class OwnerTests
{
    // Row 15 of the known failures: a token outlived its owner.
    [Fact]
    public async Task Row_15_A_token_of_an_owner_who_is_gone_or_may_not_act_is_refused_and_works_again_with_the_owner()
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        await using var cold = application.AddNode(owners: owners);
        var (_, value) = await application.IssueAsync();

        owners.Set("alice", isActive: false);
        var disabled = await application.Manager.VerifyAsync(value);
        owners.Known.Clear();
        var gone = await cold.Manager.VerifyAsync(value);
        owners.Set("alice");

        Assert.All([disabled, gone], verification => Assert.Equal(
            (PersonalAccessTokenRefusal.OwnerDisabled, true, null, null),
            (verification.Refusal, verification.HoldsSecret, verification.Token, verification.Owner)));
        Assert.Equal(0, cold.Hashes);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task An_accepted_token_is_told_with_its_owner_as_of_now()
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        var (_, value) = await application.IssueAsync();
        owners.Known["alice"] = new PersonalAccessTokenOwner { Id = "alice", Claims = [new Claim("role", "admin")] };

        var verification = await application.Manager.VerifyAsync(value);

        Assert.Equal("admin", Assert.Single(verification.Owner!.Claims).Value);
    }

    // Row 16 of the known failures: a token outlived a password change.
    [Theory]
    [InlineData("first", "second", PersonalAccessTokenRefusal.OwnerStampChanged)]
    [InlineData("first", null, PersonalAccessTokenRefusal.OwnerStampChanged)]
    [InlineData(null, "second", PersonalAccessTokenRefusal.OwnerStampChanged)]
    [InlineData(null, null, PersonalAccessTokenRefusal.OwnerStampChanged)]
    [InlineData("first", "first", PersonalAccessTokenRefusal.None)]
    public async Task Row_16_A_changed_security_stamp_ends_tokens_where_that_is_switched_on_and_nowhere_else(
        string? stampBefore, string? stampAfter, PersonalAccessTokenRefusal refusal)
    {
        var owners = new TestOwners();
        owners.Set("alice", stamp: stampBefore);
        await using var off = await TokenApplication.CreateAsync(owners: owners);
        await using var on = off.AddNode(options => options.RevokeOnSecurityStampChange = true, owners);
        var (_, value) = await off.IssueAsync();
        owners.Set("alice", stamp: stampAfter);

        Assert.Equal(PersonalAccessTokenRefusal.None, await off.RefusalOfAsync(value));
        Assert.Equal(refusal, await on.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Row_16_A_rotation_with_an_overlap_brings_no_secret_back_that_a_changed_stamp_ended()
    {
        var owners = new TestOwners();
        owners.Set("alice", stamp: "first");
        await using var application = await TokenApplication.CreateAsync(
            options => options.RevokeOnSecurityStampChange = true, owners);
        var (token, ended) = await application.IssueAsync();
        owners.Set("alice", stamp: "second");

        var rotated = await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = TimeSpan.FromHours(1) });

        Assert.Null(rotated.Token!.PreviousSecretExpiresAt);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(rotated.Value!));
        Assert.NotEqual(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(ended));
    }

    [Fact]
    public async Task A_rotation_makes_a_token_work_with_the_new_stamp()
    {
        var owners = new TestOwners();
        owners.Set("alice", stamp: "first");
        await using var application = await TokenApplication.CreateAsync(
            options => options.RevokeOnSecurityStampChange = true, owners);
        var (token, _) = await application.IssueAsync();
        owners.Set("alice", stamp: "second");

        var rotated = await application.Manager.RotateAsync("alice", token.Id, new());

        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(rotated.Value!));
    }
}

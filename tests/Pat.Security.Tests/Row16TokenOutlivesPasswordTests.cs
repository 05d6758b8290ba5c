namespace Pat.Security.Tests;

/// <summary>
/// Row 16. A token outlived a password change (Memos GHSA-mr34-8733-grr2). With RevokeOnSecurityStampChange a token's stamp is compared
/// with its owner's and no rotation brings the token back; without it, which is the default and documented, tokens live on.
/// </summary>
public sealed class Row16TokenOutlivesPasswordTests
{
    [Fact]
    public async Task Row_16_A_token_that_ended_with_its_owners_credentials_does_not_bring_itself_back()
    {
        var owners = new TestOwners();
        owners.Set("alice", stamp: "before");
        await using var application = await TokenApplication.CreateAsync(options => options.RevokeOnSecurityStampChange = true, owners);
        var (token, value) = await application.IssueAsync();
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        owners.Set("alice", stamp: "after");

        // The node still lets it in by what it read before.
        var byItself = await application.Manager.RotateAsync("alice", token.Id, new() { IsByTokenItself = true });
        var byOwner = await application.Manager.RotateAsync("alice", token.Id, new());

        Assert.Equal(PersonalAccessTokenFailure.OwnerDisabled, byItself.Failure);
        Assert.True(byOwner.Succeeded);
    }

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
}

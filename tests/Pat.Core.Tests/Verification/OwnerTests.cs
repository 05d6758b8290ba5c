using System.Security.Claims;

namespace Pat.Core.Tests;

public sealed class OwnerTests
{
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

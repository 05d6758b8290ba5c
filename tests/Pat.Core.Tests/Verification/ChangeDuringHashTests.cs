namespace Pat.Core.Tests;

/// <summary>A hash takes its time, in which all may change: the token is judged again after it.</summary>
public sealed class ChangeDuringHashTests
{
    public enum Change
    {
        RevokedHere,
        AllRevokedHere,
        RevokedElsewhereAndTheBoundPassed,
        Expired,
        RotatedHere,
        OverlapEnded,
        OwnerLockedHere,
        Removed,
    }

    [Theory]
    [InlineData(Change.RevokedHere, PersonalAccessTokenRefusal.Revoked)]
    [InlineData(Change.AllRevokedHere, PersonalAccessTokenRefusal.Revoked)]
    [InlineData(Change.RevokedElsewhereAndTheBoundPassed, PersonalAccessTokenRefusal.Revoked)]
    [InlineData(Change.Expired, PersonalAccessTokenRefusal.Expired)]
    [InlineData(Change.RotatedHere, PersonalAccessTokenRefusal.WrongSecret)]
    [InlineData(Change.OverlapEnded, PersonalAccessTokenRefusal.WrongSecret)]
    [InlineData(Change.OwnerLockedHere, PersonalAccessTokenRefusal.OwnerDisabled)]
    [InlineData(Change.Removed, PersonalAccessTokenRefusal.UnknownId)]
    public async Task What_ends_a_token_during_the_hash_refuses_it(Change change, PersonalAccessTokenRefusal refusal)
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        await using var cold = application.AddNode(owners: owners);
        var (token, value) = await application.IssueAsync(expiresAt: application.Now.AddSeconds(5));
        if (change == Change.OverlapEnded)
        {
            await application.Manager.RotateAsync(
                "alice", token.Id, new() { Overlap = TimeSpan.FromSeconds(5), ExpiresAt = application.Now.AddDays(1) });
        }

        var held = await HeldHashRoom.HoldAsync(cold);
        var presentation = cold.RefusalOfAsync(value);
        await held.WaitingAsync(1);

        await MakeAsync(change, token.Id, application, cold, owners);
        await held.ReleaseAsync();

        Assert.Equal(refusal, await presentation.WaitAsync(TestDeadline.Limit));
        Assert.Equal(refusal, await cold.RefusalOfAsync(value));
    }

    [Fact]
    public async Task A_token_that_was_only_edited_is_accepted_as_it_is_now()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (token, value) = await application.IssueAsync();
        var held = await HeldHashRoom.HoldAsync(cold);
        var presentation = cold.Manager.VerifyAsync(value);
        await held.WaitingAsync(1);

        await cold.Manager.EditAsync("alice", token.Id, new() { Scopes = ["read", "write"] });
        await held.ReleaseAsync();

        Assert.Equal(["read", "write"], (await presentation.WaitAsync(TestDeadline.Limit)).Token!.Scopes);
        Assert.Equal(1, cold.Hashes);
    }

    private static async Task MakeAsync(
        Change change, Guid id, TokenApplication application, TokenApplication cold, TestOwners owners)
    {
        switch (change)
        {
            case Change.RevokedHere:
                await cold.Manager.RevokeAsync("alice", id);
                break;

            case Change.AllRevokedHere:
                await cold.Manager.RevokeAllAsync("alice");
                break;

            case Change.RevokedElsewhereAndTheBoundPassed:
                await application.Manager.EditAsync("alice", id, new() { ExpiresAt = application.Now.AddDays(1) });
                await application.Manager.RevokeAsync("alice", id);
                application.Time.Advance(TimeSpan.FromSeconds(10));
                break;

            case Change.RotatedHere:
                // Past the manager of this node, whose own hash would wait too.
                await application.Manager.RotateAsync("alice", id, new() { ExpiresAt = application.Now.AddDays(1) });
                cold.Get<ChangeCounters>().TokenChanged(id);
                break;

            case Change.OwnerLockedHere:
                owners.Set("alice", isActive: false);
                await cold.Manager.NotifyOwnerChangedAsync("alice");
                break;

            case Change.Removed:
                await application.RemoveRowAsync(id);
                cold.Get<ChangeCounters>().TokenChanged(id);
                break;

            default:
                application.Time.Advance(TimeSpan.FromSeconds(5));
                break;
        }
    }
}

namespace Pat.Core.Tests;

public sealed class OwnersOfNewTokensTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_owner_who_is_gone_or_may_not_act_makes_no_secrets(bool isGone)
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        var (token, _) = await application.IssueAsync();
        var hashes = application.Hashes;
        owners.Known.Clear();
        if (!isGone)
        {
            owners.Set("alice", isActive: false);
        }

        var created = await application.Manager.CreateAsync(new PersonalAccessTokenCreation
        {
            OwnerId = "alice", Name = "ci", Scopes = ["read"], ExpiresAt = application.Now.AddDays(1),
        });
        var rotated = await application.Manager.RotateAsync("alice", token.Id, new());

        Assert.Equal(
            (PersonalAccessTokenFailure.OwnerDisabled, PersonalAccessTokenFailure.OwnerDisabled), (created.Failure, rotated.Failure));
        Assert.Equal((1, hashes), (await application.CountRowsAsync(), application.Hashes));
    }

    [Theory]
    [InlineData(false, PersonalAccessTokenFailure.None)]
    [InlineData(true, PersonalAccessTokenFailure.OwnerDisabled)]
    public async Task A_token_that_rotates_itself_while_the_stamp_changes_is_judged_by_the_new_one(bool ends, PersonalAccessTokenFailure expected)
    {
        var owners = new TestOwners();
        owners.Set("alice", stamp: "first");
        await using var application = await TokenApplication.CreateAsync(options => options.RevokeOnSecurityStampChange = ends, owners);
        var (token, _) = await application.IssueAsync();
        owners.AfterRead = () =>
        {
            owners.Set("alice", stamp: "second");
            return Task.CompletedTask;
        };

        var result = await application.Manager.RotateAsync("alice", token.Id, new() { IsByTokenItself = true });

        Assert.Equal(expected, result.Failure);
        Assert.Equal(ends ? 1 : 2, (await application.ReadAsync(token.Id)).Version);
    }

    [Fact]
    public async Task A_token_keeps_a_hash_of_its_owners_stamp_and_a_rotation_renews_it()
    {
        var owners = new TestOwners();
        owners.Set("alice", stamp: "first");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        var (token, _) = await application.IssueAsync();
        owners.Set("alice", stamp: "second");

        await application.Manager.RotateAsync("alice", token.Id, new());

        Assert.Equal(OwnerStamp.Of("first"), token.OwnerStamp);
        Assert.Equal(OwnerStamp.Of("second"), (await application.ReadAsync(token.Id)).OwnerStamp);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Owners_who_can_not_be_read_are_an_outage_that_makes_no_secrets_and_keeps_nobody_waiting(bool hangs)
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        var (token, _) = await application.IssueAsync();
        var hashes = application.Hashes;
        owners.Fault = hangs ? null : new HttpRequestException("The directory does not answer.");
        owners.AfterRead = () => new TaskCompletionSource().Task;
        Func<Task>[] changes =
        [
            () => application.IssueAsync(),
            () => application.Manager.RotateAsync("alice", token.Id, new()),
        ];

        foreach (var change in changes)
        {
            application.Time.ForgetDelays();
            var running = change();
            if (hangs)
            {
                await application.Time.DelayBegunAsync(TimeSpan.FromSeconds(2));
                application.Time.Advance(TimeSpan.FromSeconds(2));
            }

            var exception = await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => running.WaitAsync(TestDeadline.Limit));
            Assert.Equal("The owners of tokens can't be read.", exception.Message);
        }

        Assert.Equal((1, hashes), (await application.CountRowsAsync(), application.Hashes));
        owners.AfterRead = null;
        owners.Fault = null;
        Assert.True((await application.Manager.RotateAsync("alice", token.Id, new())).Succeeded);
    }

    [Fact]
    public async Task Owners_without_stamps_leave_none()
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);

        Assert.Null((await application.IssueAsync()).Token.OwnerStamp);
    }
}

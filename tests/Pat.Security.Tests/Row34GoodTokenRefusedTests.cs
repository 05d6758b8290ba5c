namespace Pat.Security.Tests;

/// <summary>
/// Row 34. A good token would be refused after a change elsewhere; this one is ours to prevent. What is in memory may accept, and refuses
/// nothing but a revocation: every other refusal rests on a read that was sent after the request began.
/// </summary>
/// <remarks>
/// Further evidence: across processes rule e of the history checker (Pat.History.Tests).
/// </remarks>
public sealed class Row34GoodTokenRefusedTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task Row_34_The_new_value_of_a_rotation_elsewhere_passes_at_once(int overlapMinutes)
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, old) = await application.IssueAsync();
        await application.RefusalOfAsync(old);

        var rotated = await other.Manager.RotateAsync("alice", token.Id, new() { Overlap = TimeSpan.FromMinutes(overlapMinutes) });

        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(rotated.Value!));
    }

    [Fact]
    public async Task Row_34_A_token_that_expired_by_what_is_in_memory_passes_where_it_was_extended_elsewhere()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync(expiresAt: application.Now.AddSeconds(5));
        await application.RefusalOfAsync(value);
        await other.Manager.EditAsync("alice", token.Id, new() { ExpiresAt = application.Now.AddDays(1) });

        application.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Row_34_A_token_that_is_inactive_by_what_is_in_memory_passes_where_it_was_used_elsewhere()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.InactivityPeriod = TimeSpan.FromDays(1));
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        application.Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(5));
        await application.RefusalOfAsync(value);
        await other.Store.RecordUseAsync([new(token.Id, application.Now, null)], TimeSpan.Zero, default);

        application.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Row_34_The_token_of_an_owner_who_was_unlocked_elsewhere_passes_at_once()
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        var (_, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        owners.Set("alice", isActive: false);
        application.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(PersonalAccessTokenRefusal.OwnerDisabled, await application.RefusalOfAsync(value));

        owners.Set("alice");

        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Row_34_The_token_of_an_owner_whom_a_refresh_found_locked_passes_once_it_is_unlocked_elsewhere()
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        owners.Set("alice", isActive: false);
        application.Time.Advance(TimeSpan.FromSeconds(5));
        await application.Get<StateRefresher>().RefreshAsync(default);
        owners.Set("alice");
        Assert.Equal(2, application.Store.Lookups);

        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Row_34_A_revocation_that_a_node_knows_of_is_final_and_needs_no_store()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await other.Manager.RevokeAsync("alice", token.Id);
        application.Time.Advance(TimeSpan.FromSeconds(5));
        await application.Get<StateRefresher>().RefreshAsync(default);
        application.Store.Fail();

        for (var hour = 0; hour < 3; hour++)
        {
            var verification = await application.Manager.VerifyAsync(value);
            Assert.Equal((PersonalAccessTokenRefusal.Revoked, true), (verification.Refusal, verification.HoldsSecret));
            application.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(2, application.Store.Lookups);
    }

    [Fact]
    public async Task Row_34_What_a_node_knows_to_be_revoked_answers_a_wrong_secret_by_a_read()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await application.Manager.RevokeAsync("alice", token.Id);
        await application.RefusalOfAsync(value);
        application.Store.Fail();

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() =>
            application.Manager.VerifyAsync(PersonalAccessTokenFormat.Create("pat", token.Id)));
    }
}

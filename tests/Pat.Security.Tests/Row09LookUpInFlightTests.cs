namespace Pat.Security.Tests;

/// <summary>
/// Row 9. A look-up in flight cached a revoked token again (several). A read has the number and the time of when it was sent: a change that
/// was made meanwhile moves a counter, and what was read before is neither kept nor used for a request that began afterwards.
/// </summary>
public sealed class Row09LookUpInFlightTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(0)]
    public async Task Row_9_What_was_read_before_a_revocation_serves_no_later_request(int maxStaleness)
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxStaleness = TimeSpan.FromSeconds(maxStaleness));
        var (token, value) = await application.IssueAsync();
        var held = application.Store.HoldNextLookup();
        var early = application.RefusalOfAsync(value);
        await held.ReadAsync();

        await application.Manager.RevokeAsync("alice", token.Id);
        held.Release();
        await early;

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(0)]
    public async Task Row_9_A_request_that_began_after_a_revocation_does_not_share_a_read_that_was_sent_before(int maxStaleness)
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxStaleness = TimeSpan.FromSeconds(maxStaleness));
        var (token, value) = await application.IssueAsync();
        var held = application.Store.HoldNextLookup();
        var early = application.RefusalOfAsync(value);
        await held.ReadAsync();
        await application.Manager.RevokeAsync("alice", token.Id);
        await LetTheNextGoBesideItAsync(application);

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value).WaitAsync(TestDeadline.Limit));

        held.Release();
        Assert.Equal(PersonalAccessTokenRefusal.None, await early);
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Row_9_Where_no_staleness_is_allowed_nor_does_one_that_began_after_a_revocation_on_another_host()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxStaleness = TimeSpan.Zero);
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        var held = application.Store.HoldNextLookup();
        var early = application.RefusalOfAsync(value);
        await held.ReadAsync();
        await other.Manager.RevokeAsync("alice", token.Id);
        await LetTheNextGoBesideItAsync(application);

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value).WaitAsync(TestDeadline.Limit));

        held.Release();
        await early;
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Row_9_What_was_read_before_all_tokens_of_an_owner_were_revoked_serves_no_later_request()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        var held = application.Store.HoldNextLookup();
        var early = application.RefusalOfAsync(value);
        await held.ReadAsync();

        Assert.Equal(1, await application.Manager.RevokeAllAsync("alice"));
        held.Release();
        await early;

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Row_9_What_was_read_before_an_owner_was_said_to_have_changed_serves_no_later_request()
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        var (_, value) = await application.IssueAsync();
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        owners.AfterRead = () =>
        {
            reading.SetResult();
            return answer.Task;
        };
        var early = application.RefusalOfAsync(value);
        await reading.Task;
        owners.AfterRead = null;

        owners.Set("alice", isActive: false);
        await application.Manager.NotifyOwnerChangedAsync("alice");
        answer.SetResult();
        await early;

        Assert.Equal(PersonalAccessTokenRefusal.OwnerDisabled, await application.RefusalOfAsync(value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row_9_A_refresh_that_was_sent_before_a_change_here_serves_no_later_request(bool ofOwner)
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        application.Time.Advance(TimeSpan.FromSeconds(5));
        var held = application.Store.HoldNextLookup();
        var refresh = application.Get<StateRefresher>().RefreshAsync(default);
        await held.ReadAsync();

        Task change = ofOwner ? application.Manager.RevokeAllAsync("alice") : application.Manager.RevokeAsync("alice", token.Id);
        await change;
        held.Release();
        await refresh;

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Row_9_A_result_does_not_take_the_place_of_one_that_was_sent_later()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        var (first, second) = (application.Store.HoldNextLookup(), application.Store.HoldNextLookup());
        var early = application.Manager.VerifyAsync(value);
        await first.ReadAsync();
        await other.Manager.EditAsync("alice", token.Id, new() { Scopes = ["read", "write"] });
        await LetTheNextGoBesideItAsync(application);
        var late = application.Manager.VerifyAsync(value);
        await second.ReadAsync();

        second.Release();
        Assert.Equal(["read", "write"], (await late).Token!.Scopes);
        first.Release();
        Assert.Equal(["read"], (await early).Token!.Scopes);

        Assert.Equal(["read", "write"], (await application.Manager.VerifyAsync(value)).Token!.Scopes);
        Assert.Equal(2, application.Store.Lookups);
    }

    [Fact]
    public async Task Row_9_A_token_that_was_not_there_when_it_was_read_is_not_forgotten_where_it_was_made_here_meanwhile()
    {
        await using var application = await TokenApplication.CreateAsync();
        var id = Guid.CreateVersion7(application.Now);
        var held = application.Store.HoldNextLookup();
        var early = application.RefusalOfAsync(PersonalAccessTokenFormat.Create("pat", id));
        await held.ReadAsync();

        var created = await application.Manager.CreateAsync(new()
        {
            Id = id, OwnerId = "alice", Name = "ci", Scopes = ["read"], ExpiresAt = application.Now.AddDays(1),
        });
        held.Release();
        Assert.Equal(PersonalAccessTokenRefusal.UnknownId, await early);

        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(created.Value!));
        Assert.Equal(1, application.Hashes);
    }

    /// <summary>Lets so much time pass after a look-up was sent that the next one is sent though it is not answered.</summary>
    private static async Task LetTheNextGoBesideItAsync(TokenApplication application)
    {
        await application.Time.DelayBegunAsync(TimeSpan.FromMilliseconds(5));
        application.Time.Advance(TimeSpan.FromMilliseconds(5));
    }
}

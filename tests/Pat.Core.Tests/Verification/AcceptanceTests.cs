namespace Pat.Core.Tests;

/// <summary>What an acceptance leaves behind.</summary>
public sealed class AcceptanceTests
{
    [Fact]
    public async Task The_next_one_is_decided_from_memory()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (_, value) = await application.IssueAsync();

        Assert.Equal(PersonalAccessTokenRefusal.None, await cold.RefusalOfAsync(value));

        Assert.True(Verifier(cold).TryVerify(value, out var verdict));
        Assert.Equal((PersonalAccessTokenRefusal.None, VerdictSource.Cache), (verdict.Refusal, verdict.Source));
        Assert.Equal((1, 1), (cold.Store.Lookups, cold.Hashes));
    }

    [Fact]
    public async Task A_first_use_counts_for_the_round_that_it_comes_in()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await cold.Get<StateRefresher>().RefreshAsync(default);
        await cold.Get<StateRefresher>().RefreshAsync(default);

        await cold.RefusalOfAsync(value);
        await cold.Get<StateRefresher>().RefreshAllAsync(default);

        Assert.Equal([token.Id], cold.Store.LookedUp[^1]);
        Assert.Equal(2, cold.Store.Lookups);
    }

    [Fact]
    public async Task A_use_is_noted_once_in_its_time()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        var verdict = await Verifier(application).VerifyAsync(value, default);
        var recorder = application.Get<UsageRecorder>();

        Verifier(application).NoteUse(verdict, null);
        Assert.Equal(1, recorder.Count);
        await application.Get<UsageWriter>().FlushAsync(default);
        Verifier(application).NoteUse(verdict, null);

        Assert.Equal(0, recorder.Count);
        Assert.Equal(verdict.At, (await application.ReadAsync(verdict.Id!.Value)).LastUsedAt);
    }

    [Fact]
    public async Task A_use_that_no_row_has_yet_keeps_a_token_from_being_inactive()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.AllowNoExpiry = true);
        var result = await application.Manager.CreateAsync(new() { OwnerId = "alice", Name = "ci", Scopes = ["read"] });
        application.Time.Advance(TimeSpan.FromDays(364));
        Verifier(application).NoteUse(await Verifier(application).VerifyAsync(result.Value!, default), null);

        application.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(result.Value!));
    }

    [Fact]
    public async Task What_is_told_of_a_token_has_nothing_of_its_secrets()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (issued, _) = await application.IssueAsync();
        var rotated = await application.Manager.RotateAsync("alice", issued.Id, new() { Overlap = TimeSpan.FromMinutes(1) });

        var token = (await application.Manager.VerifyAsync(rotated.Value!)).Token!;

        Assert.Equal(("", null, null), (token.SecretHash, token.PreviousSecretHash, token.PreviousSecretTag));
        Assert.Empty(token.SecretTag);
    }

    [Fact]
    public async Task A_state_knows_whether_a_row_has_its_secret()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        var state = (await Verifier(application).VerifyAsync(value, default)).State!;
        Assert.True(state.HasSecretOf(await application.ReadAsync(token.Id)));

        await application.Manager.RotateAsync("alice", token.Id, new());

        Assert.False(state.HasSecretOf(await application.ReadAsync(token.Id)));
    }

    [Fact]
    public async Task Owners_that_were_all_read_are_no_event()
    {
        await using var application = await TokenApplication.CreateAsync(owners: TestOwners.AliceAndBob());
        var (_, value) = await application.IssueAsync();

        await application.RefusalOfAsync(value);

        Assert.Empty(application.Logged(301));
    }

    [Fact]
    public async Task Whoever_left_before_they_asked_sends_nothing()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (left, leftValue) = await application.IssueAsync();
        var (_, value) = await application.IssueAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Verifier(cold).VerifyAsync(leftValue, new CancellationToken(true)).AsTask());
        await cold.RefusalOfAsync(value);

        Assert.DoesNotContain(left.Id, cold.Store.LookedUp.SelectMany(static ids => ids));
    }

    [Fact]
    public async Task A_store_that_blocks_the_thread_it_is_asked_on_is_an_outage_in_time()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (_, value) = await application.IssueAsync();
        using var blocked = new ManualResetEventSlim();
        var asked = new TaskCompletionSource();
        cold.Store.Before = (_, _) =>
        {
            asked.TrySetResult();
            blocked.Wait(TestDeadline.Limit, CancellationToken.None);
            return Task.CompletedTask;
        };

        var verdict = cold.RefusalOfAsync(value);
        await asked.Task.WaitAsync(TestDeadline.Limit);
        await Eventually.TrueAsync(() =>
        {
            application.Time.Advance(TimeSpan.FromSeconds(1));
            return verdict.IsCompleted;
        });

        var exception = await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => verdict);
        Assert.Equal("The token store does not answer in time.", exception.Message);
        blocked.Set();
    }

    [Fact]
    public async Task A_secret_that_does_not_match_brings_no_hash_up_to_date()
    {
        await using var application = await TokenApplication.CreateAsync(options => SecretHashers.Sha256(options.Hashing));
        await using var stronger = application.AddNode();
        var (token, value) = await application.IssueAsync();
        var (other, otherValue) = await application.IssueAsync();
        await application.ChangeRowAsync(token.Id, row => row.SecretHash = other.SecretHash);

        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await stronger.RefusalOfAsync(value));
        Assert.Equal(PersonalAccessTokenRefusal.None, await stronger.RefusalOfAsync(otherValue));

        // They come one after the other, so that a first one would have been done before the second.
        await Eventually.TrueAsync(async () => (await application.ReadAsync(other.Id)).SecretHash != other.SecretHash);
        Assert.Equal(1, stronger.Store.CallsOf(nameof(IPersonalAccessTokenStore.ReplaceHashAsync)));
    }

    private static PersonalAccessTokenVerifier Verifier(TokenApplication application) => application.Get<PersonalAccessTokenVerifier>();
}

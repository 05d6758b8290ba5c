namespace Pat.Core.Tests;

/// <summary>Whether the token of an open connection still is what it was when that began.</summary>
public sealed class JudgingAgainTests
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task Memory_decides_while_it_is_young_enough()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        var accepted = await AcceptAsync(application, value);

        application.Time.Advance(MaxAge - Tick);
        Assert.True(Verifier(application).TryJudgeAgain(accepted, false, MaxAge, out var verdict));
        Assert.Equal(
            (PersonalAccessTokenRefusal.None, token.Id, false, VerdictSource.Cache),
            (verdict.Refusal, verdict.Id, verdict.IsPreviousSecret, verdict.Source));
        application.Time.Advance(Tick);
        Assert.False(Verifier(application).TryJudgeAgain(accepted, false, MaxAge, out _));
        Assert.Equal(1, application.Store.Lookups);
    }

    [Fact]
    public async Task What_is_forgotten_is_read()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        var accepted = await AcceptAsync(application, value);
        application.Get<VerificationCache>().Remove(token.Id);

        Assert.False(Verifier(application).TryJudgeAgain(accepted, false, MaxAge, out _));
        var verdict = await Verifier(application).ReadAndJudgeAgainAsync(accepted, false, default);

        Assert.Equal((PersonalAccessTokenRefusal.None, null, VerdictSource.Store), (verdict.Refusal, verdict.Token, verdict.Source));
    }

    [Fact]
    public async Task A_revocation_is_final_and_decided_from_memory_however_old()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        var accepted = await AcceptAsync(application, value);
        await application.Manager.RevokeAsync(token.Id);

        Assert.False(Verifier(application).TryJudgeAgain(accepted, false, MaxAge, out _));
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, (await Verifier(application).ReadAndJudgeAgainAsync(accepted, false, default)).Refusal);
        application.Time.Advance(TimeSpan.FromHours(1));
        Assert.True(Verifier(application).TryJudgeAgain(accepted, false, MaxAge, out var verdict));
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, verdict.Refusal);
    }

    [Fact]
    public async Task Another_refusal_is_not_decided_from_memory()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync(expiresAt: application.Now.AddSeconds(5));
        var accepted = await AcceptAsync(application, value);
        application.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.False(Verifier(application).TryJudgeAgain(accepted, false, MaxAge, out _));
        Assert.Equal(PersonalAccessTokenRefusal.Expired, (await Verifier(application).ReadAndJudgeAgainAsync(accepted, false, default)).Refusal);
    }

    [Fact]
    public async Task A_token_that_is_gone_is_unknown()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        var accepted = await AcceptAsync(application, value);
        await application.RemoveRowAsync(token.Id);

        var verdict = await Verifier(application).ReadAndJudgeAgainAsync(accepted, false, default);

        Assert.Equal((PersonalAccessTokenRefusal.UnknownId, token.Id), (verdict.Refusal, verdict.Id));
    }

    [Fact]
    public async Task The_secret_it_was_accepted_for_has_to_be_in_force_still()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        var accepted = await AcceptAsync(application, value);
        await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = TimeSpan.FromMinutes(1) });

        var during = await Verifier(application).ReadAndJudgeAgainAsync(accepted, false, default);
        Assert.Equal((PersonalAccessTokenRefusal.None, true), (during.Refusal, during.IsPreviousSecret));
        var again = await Verifier(application).ReadAndJudgeAgainAsync(during.State!, true, default);
        Assert.Equal((PersonalAccessTokenRefusal.None, true), (again.Refusal, again.IsPreviousSecret));
        application.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, (await Verifier(application).ReadAndJudgeAgainAsync(accepted, false, default)).Refusal);
        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, (await Verifier(application).ReadAndJudgeAgainAsync(during.State!, true, default)).Refusal);
    }

    [Fact]
    public async Task A_state_without_a_previous_secret_was_accepted_for_none()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        var accepted = await AcceptAsync(application, value);

        var verdict = await Verifier(application).ReadAndJudgeAgainAsync(accepted, true, default);

        Assert.Equal((PersonalAccessTokenRefusal.WrongSecret, false), (verdict.Refusal, verdict.IsPreviousSecret));
    }

    [Fact]
    public async Task Fewer_scopes_end_it_and_more_do_not()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        var narrow = await AcceptAsync(application, value);
        await application.Manager.EditAsync("alice", token.Id, new() { Scopes = ["write"] });
        var wide = await Verifier(application).ReadAndJudgeAgainAsync(narrow, false, default);
        Assert.Equal(PersonalAccessTokenRefusal.None, wide.Refusal);
        await application.Manager.EditAsync("alice", token.Id, new() { Scopes = ["read"] });

        Assert.Equal(PersonalAccessTokenRefusal.ScopesReduced, (await Verifier(application).ReadAndJudgeAgainAsync(wide.State!, false, default)).Refusal);
        Assert.Equal(PersonalAccessTokenRefusal.None, (await Verifier(application).ReadAndJudgeAgainAsync(narrow, false, default)).Refusal);
    }

    [Fact]
    public async Task It_is_a_use_that_keeps_the_token_read_ahead_of_time()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        var accepted = await AcceptAsync(application, value);

        for (var round = 0; round < 5; round++)
        {
            application.Time.Advance(MaxAge / 2);
            await application.Get<StateRefresher>().RefreshAsync(default);
            Assert.True(Verifier(application).TryJudgeAgain(accepted, false, MaxAge, out _));
        }
    }

    [Fact]
    public async Task It_goes_on_without_the_callers_thread()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        var accepted = await AcceptAsync(application, value);
        var context = new CallersContext();
        var busy = await BusyStatements.SendAsync(application);

        var verdict = context.Begin(() => Verifier(application).ReadAndJudgeAgainAsync(accepted, false, default));
        await busy.AnswerAsync();

        Assert.Equal(PersonalAccessTokenRefusal.None, (await verdict.WaitAsync(TestDeadline.Limit)).Refusal);
        Assert.Equal(0, context.Posted);
    }

    private static PersonalAccessTokenVerifier Verifier(TokenApplication application) => application.Get<PersonalAccessTokenVerifier>();

    private static async Task<TokenState> AcceptAsync(TokenApplication application, string value) =>
        (await Verifier(application).VerifyAsync(value, default)).State!;
}

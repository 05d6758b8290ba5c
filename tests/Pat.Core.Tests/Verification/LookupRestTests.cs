using Pat.TestSupport;

namespace Pat.Core.Tests;

/// <summary>A flood of tokens that were not proven gathers 5 ms for each statement; a proven one, and the first of each second, wait for nothing.</summary>
public sealed class LookupRestTests
{
    /// <summary>How many look-ups a second go at once.</summary>
    private const int Share = 50;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(5);

    [Fact]
    public async Task What_goes_past_the_share_of_a_second_gathers_for_5_ms_after_the_last_statement()
    {
        await using var application = await ApplicationAfterShareAsync();

        var waiting = await RestingAsync(application, 3);
        application.Time.Advance(Rest - TimeSpan.FromTicks(1));
        Assert.Equal(Share, application.Store.Lookups);
        Assert.All(waiting, static lookup => Assert.False(lookup.IsCompleted));
        application.Time.Advance(TimeSpan.FromTicks(1));

        Assert.All(await Task.WhenAll(waiting).WaitAsync(TestDeadline.Limit), Assert.Null);
        Assert.Equal(3, application.Store.LookedUp[^1].Count);
        Assert.Equal(Share + 1, application.Store.Lookups);
    }

    [Fact]
    public async Task Each_statement_of_a_flood_has_a_rest_of_its_own()
    {
        await using var application = await ApplicationAfterShareAsync();
        for (var statement = 1; statement <= 3; statement++)
        {
            var waiting = await RestingAsync(application, 2);
            application.Time.Advance(Rest);

            Assert.All(await Task.WhenAll(waiting).WaitAsync(TestDeadline.Limit), Assert.Null);
            Assert.Equal(Share + statement, application.Store.Lookups);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9_999)]
    public async Task What_is_left_of_a_rest_is_waited_for_in_whole_milliseconds(int ticks)
    {
        // A delay of less than one is over at once: without an end, for no time goes by.
        await using var application = await ApplicationAfterShareAsync();
        application.Time.Advance(Rest - TimeSpan.FromTicks(ticks));
        application.Time.ForgetDelays();

        var waiting = FindUnknownAsync(application);
        await application.Time.DelayBegunAsync(TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted);
        application.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(await waiting.WaitAsync(TestDeadline.Limit));
    }

    [Fact]
    public async Task What_comes_when_the_rest_is_over_goes_at_once()
    {
        await using var application = await ApplicationAfterShareAsync();
        application.Time.Advance(Rest);

        Assert.Null(await FindUnknownAsync(application).WaitAsync(TestDeadline.Limit));
    }

    [Fact]
    public async Task A_proven_token_waits_for_no_company_and_takes_along_those_that_do()
    {
        await using var application = await ApplicationAfterShareAsync();
        var (token, _) = await application.IssueAsync();
        var waiting = await RestingAsync(application, 2);

        var proven = await application.Get<TokenLookups>().FindAsync(token.Id, isProven: true, default).WaitAsync(TestDeadline.Limit);

        Assert.Equal(token.Id, proven!.State.Id);
        Assert.All(await Task.WhenAll(waiting).WaitAsync(TestDeadline.Limit), Assert.Null);
        Assert.Equal(3, application.Store.LookedUp[^1].Count);
    }

    [Fact]
    public async Task Who_has_proven_a_token_takes_along_those_that_wait_for_it()
    {
        await using var application = await ApplicationAfterShareAsync();
        var (token, _) = await application.IssueAsync();
        var lookups = application.Get<TokenLookups>();
        application.Time.ForgetDelays();
        var waiting = lookups.FindAsync(token.Id, isProven: false, default);
        await application.Time.DelayBegunAsync(Rest);

        var proven = lookups.FindAsync(token.Id, isProven: true, default);

        Assert.Equal(await proven.WaitAsync(TestDeadline.Limit), await waiting.WaitAsync(TestDeadline.Limit));
        Assert.Equal([token.Id], application.Store.LookedUp[^1]);
    }

    [Fact]
    public async Task A_value_that_was_proven_is_read_at_once_in_a_flood()
    {
        await using var application = await TokenApplication.CreateAsync(static options => options.MaxStaleness = TimeSpan.Zero);
        var (_, value) = await application.IssueAsync();
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        await TakeShareAsync(application);

        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value).WaitAsync(TestDeadline.Limit));
    }

    [Fact]
    public async Task An_open_connection_is_judged_at_once_in_a_flood()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        var verifier = application.Get<PersonalAccessTokenVerifier>();
        var accepted = await verifier.VerifyAsync(value, default);
        await TakeShareAsync(application);

        var again = await verifier.ReadAndJudgeAgainAsync(accepted.State!, isPrevious: false, default).WaitAsync(TestDeadline.Limit);

        Assert.Equal(PersonalAccessTokenRefusal.None, again.Refusal);
    }

    [Fact]
    public async Task A_proven_one_that_was_given_up_hurries_nobody()
    {
        await using var application = await ApplicationAfterShareAsync();
        var lookups = application.Get<TokenLookups>();
        using var leaving = new CancellationTokenSource();
        var held = application.Store.HoldNextLookup();
        var first = lookups.FindAsync(Guid.CreateVersion7(application.Now), isProven: true, default);
        await held.ReadAsync();
        var left = lookups.FindAsync(Guid.CreateVersion7(application.Now), isProven: true, leaving.Token);
        var stays = FindUnknownAsync(application);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.WaitAsync(TestDeadline.Limit));

        application.Time.ForgetDelays();
        held.Release();
        await first.WaitAsync(TestDeadline.Limit);
        await application.Time.DelayBegunAsync(Rest);
        application.Time.Advance(Rest);

        Assert.Null(await stays.WaitAsync(TestDeadline.Limit));
        Assert.Equal(Share + 2, application.Store.Lookups);
    }

    [Fact]
    public async Task Thirty_two_are_company_enough()
    {
        await using var application = await ApplicationAfterShareAsync();

        var waiting = await RestingAsync(application, 31);
        waiting.Add(FindUnknownAsync(application));

        Assert.All(await Task.WhenAll(waiting).WaitAsync(TestDeadline.Limit), Assert.Null);
        Assert.Equal(32, application.Store.LookedUp[^1].Count);
    }

    [Fact]
    public async Task The_next_second_has_a_share_of_its_own()
    {
        await using var application = await ApplicationAfterShareAsync();
        application.Time.Advance(TimeSpan.FromSeconds(1));

        await TakeShareAsync(application);

        Assert.Equal(2 * Share, application.Store.Lookups);
    }

    private static async Task<TokenApplication> ApplicationAfterShareAsync()
    {
        var application = await TokenApplication.CreateAsync();
        await TakeShareAsync(application);
        Assert.Equal(Share, application.Store.Lookups);
        return application;
    }

    /// <summary>Look-ups of this second, one after the other, none of which waits.</summary>
    private static async Task TakeShareAsync(TokenApplication application)
    {
        for (var i = 0; i < Share; i++)
        {
            Assert.Null(await FindUnknownAsync(application).WaitAsync(TestDeadline.Limit));
        }
    }

    /// <summary>Look-ups that wait for the rest after the last statement to be over.</summary>
    private static async Task<List<Task<TokenReading?>>> RestingAsync(TokenApplication application, int count)
    {
        application.Time.ForgetDelays();
        var waiting = Enumerable.Range(0, count).Select(_ => FindUnknownAsync(application)).ToList();
        await application.Time.DelayBegunAsync(Rest);
        return waiting;
    }

    private static Task<TokenReading?> FindUnknownAsync(TokenApplication application) =>
        application.Get<TokenLookups>().FindAsync(Guid.CreateVersion7(application.Now), isProven: false, default);
}

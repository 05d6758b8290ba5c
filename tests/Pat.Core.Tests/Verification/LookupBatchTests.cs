using Pat.TestSupport;

namespace Pat.Core.Tests;

/// <summary>Look-ups go many to a statement and few statements at once, gathering while one is under way, and a request joins only what was not sent yet.</summary>
public sealed class LookupBatchTests
{
    private const int MaxStatements = 3;
    private const int MaxWaiting = 10_000;

    private static readonly TimeSpan LongestAlone = TimeSpan.FromMilliseconds(5);

    [Fact]
    public async Task What_comes_while_a_statement_is_under_way_gathers_for_the_next()
    {
        await using var application = await TokenApplication.CreateAsync();
        var tokens = await IssueAsync(application, 5);
        var busy = await BusyStatements.SendAsync(application);

        var waiting = Present(application, tokens);
        await busy.AnswerAsync();

        await AcceptedAsync(waiting);
        Assert.Equal([1, 5], application.Store.LookedUp.Select(ids => ids.Count));
        Assert.Equal(tokens.Select(token => token.Id).Order(), application.Store.LookedUp[^1].Order());
    }

    [Fact]
    public async Task A_statement_is_waited_for_5_ms_and_then_the_next_is_sent_beside_it()
    {
        await using var application = await TokenApplication.CreateAsync();
        var tokens = await IssueAsync(application, 5);
        var busy = await BusyStatements.SendAsync(application);
        var next = application.Store.HoldNextLookup();
        var waiting = Present(application, tokens);

        application.Time.Advance(LongestAlone - TimeSpan.FromTicks(1));
        Assert.Equal(1, application.Store.Lookups);
        application.Time.Advance(TimeSpan.FromTicks(1));
        await next.ReadAsync();

        next.Release();
        await AcceptedAsync(waiting);
        Assert.Equal([1, 5], application.Store.LookedUp.Select(ids => ids.Count));
        await busy.AnswerAsync();
    }

    [Fact]
    public async Task Three_statements_are_under_way_at_once_at_most()
    {
        await using var application = await TokenApplication.CreateAsync();
        var tokens = await IssueAsync(application, 5);
        var busy = await BusyStatements.SendAsync(application, MaxStatements);
        application.Time.Advance(LongestAlone);

        var waiting = Present(application, tokens);
        await busy.AnswerAsync();

        await AcceptedAsync(waiting);
        Assert.Equal([1, 1, 1, 5], application.Store.LookedUp.Select(ids => ids.Count));
    }

    [Fact]
    public async Task The_refresher_has_a_statement_of_its_own()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        application.Time.Advance(TimeSpan.FromSeconds(5));
        var busy = await BusyStatements.SendAsync(application, MaxStatements);

        await application.Get<StateRefresher>().RefreshAsync(default).WaitAsync(TestDeadline.Limit);

        Assert.Equal([token.Id], application.Store.LookedUp[^1]);
        await busy.AnswerAsync();
    }

    [Fact]
    public async Task Requests_for_one_token_share_a_look_up_that_was_not_sent_yet()
    {
        await using var application = await TokenApplication.CreateAsync();
        var tokens = await IssueAsync(application, 1);
        var busy = await BusyStatements.SendAsync(application);

        var waiting = Present(application, Enumerable.Repeat(tokens[0], 20));
        await busy.AnswerAsync();

        await AcceptedAsync(waiting);
        Assert.Equal([1, 1], application.Store.LookedUp.Select(ids => ids.Count));
    }

    [Fact]
    public async Task A_request_waits_one_second_for_its_turn_and_no_longer()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        var busy = await BusyStatements.SendAsync(application, MaxStatements);
        var late = application.RefusalOfAsync(value);

        application.Time.Advance(TimeSpan.FromSeconds(1));

        var refused = await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => late.WaitAsync(TestDeadline.Limit));
        Assert.Equal("Too many tokens are being looked up at the moment.", refused.Message);
        await busy.AnswerAsync();
        Assert.Equal(MaxStatements, application.Store.Lookups);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        Assert.Empty(application.Logged(300));
    }

    [Fact]
    public async Task A_turn_that_comes_just_before_the_second_is_over_is_taken()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        var busy = await BusyStatements.SendAsync(application, MaxStatements);
        var late = application.RefusalOfAsync(value);

        application.Time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        await busy.AnswerAsync();

        Assert.Equal(PersonalAccessTokenRefusal.None, await late.WaitAsync(TestDeadline.Limit));
    }

    [Fact]
    public async Task A_wait_for_the_turn_ends_with_it_and_the_statement_has_its_own_time()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        var held = application.Store.HoldNextLookup();
        var presentation = application.RefusalOfAsync(value);
        await held.ReadAsync();

        application.Time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        held.Release();

        Assert.Equal(PersonalAccessTokenRefusal.None, await presentation.WaitAsync(TestDeadline.Limit));
    }

    [Fact]
    public async Task Ten_thousand_wait_at_most_and_get_their_answers_a_thousand_to_a_statement()
    {
        await using var application = await TokenApplication.CreateAsync();
        var lookups = application.Get<TokenLookups>();
        var busy = await BusyStatements.SendAsync(application);
        var waiting = Enumerable.Range(0, MaxWaiting).Select(_ => FindUnknownAsync()).ToList();

        var refused = await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(FindUnknownAsync);
        Assert.Equal("Too many tokens wait to be looked up.", refused.Message);

        await busy.AnswerAsync();
        Assert.All(await Task.WhenAll(waiting).WaitAsync(TestDeadline.Limit), Assert.Null);
        Assert.Equal([1, .. Enumerable.Repeat(1_000, 10)], application.Store.LookedUp.Select(ids => ids.Count));
        application.Time.Advance(LongestAlone);
        Assert.Null(await FindUnknownAsync());
        Assert.Empty(application.Logged(300));

        Task<TokenReading?> FindUnknownAsync() => lookups.FindAsync(Guid.CreateVersion7(application.Now), isProven: false, default);
    }

    [Fact]
    public async Task Look_ups_that_nobody_waits_for_any_more_are_bounded_too()
    {
        await using var application = await TokenApplication.CreateAsync();
        var lookups = application.Get<TokenLookups>();
        using var leaving = new CancellationTokenSource();
        var busy = await BusyStatements.SendAsync(application);
        var left = Enumerable.Range(0, MaxWaiting).Select(_ => FindUnknownAsync(leaving.Token)).ToList();
        await leaving.CancelAsync();
        await Task.WhenAll(left).ContinueWith(static _ => { }, TaskScheduler.Default);

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => FindUnknownAsync(default).WaitAsync(TestDeadline.Limit));

        await busy.AnswerAsync();
        application.Time.Advance(LongestAlone);
        Assert.Null(await FindUnknownAsync(default).WaitAsync(TestDeadline.Limit));
        Assert.Equal([1, 1], application.Store.LookedUp.Select(ids => ids.Count));

        Task<TokenReading?> FindUnknownAsync(CancellationToken cancellationToken) =>
            lookups.FindAsync(Guid.CreateVersion7(application.Now), isProven: false, cancellationToken);
    }

    private static async Task AcceptedAsync(List<Task<PersonalAccessTokenRefusal>> presentations) =>
        Assert.All(
            await Task.WhenAll(presentations).WaitAsync(TestDeadline.Limit),
            static refusal => Assert.Equal(PersonalAccessTokenRefusal.None, refusal));

    private static List<Task<PersonalAccessTokenRefusal>> Present(
        TokenApplication application, IEnumerable<(Guid Id, string Value)> tokens) =>
        [.. tokens.Select(token => application.RefusalOfAsync(token.Value))];

    private static async Task<List<(Guid Id, string Value)>> IssueAsync(TokenApplication application, int count)
    {
        var tokens = new List<(Guid Id, string Value)>();
        for (var i = 0; i < count; i++)
        {
            var (token, value) = await application.IssueAsync();
            tokens.Add((token.Id, value));
        }

        return tokens;
    }
}

using Pat.TestSupport;

namespace Pat.Core.Tests;

/// <summary>Look-ups go many to a statement and few statements at once, and a request joins only what was not sent yet.</summary>
public sealed class LookupBatchTests
{
    private const int MaxStatements = 3;
    private const int MaxWaiting = 10_000;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Three_statements_are_under_way_at_once_and_what_comes_meanwhile_gathers_for_the_next()
    {
        await using var application = await TokenApplication.CreateAsync();
        var tokens = await IssueAsync(application, MaxStatements + 5);
        var held = Hold(application);
        var busy = Present(application, tokens.Take(MaxStatements));
        await ReadAsync(held);

        var waiting = Present(application, tokens.Skip(MaxStatements));
        Release(held);

        Assert.All(await Task.WhenAll([.. busy, .. waiting]).WaitAsync(Deadline), refusal => Assert.Equal(PersonalAccessTokenRefusal.None, refusal));
        var gathered = application.Store.LookedUp[^1];
        Assert.Equal([1, 1, 1, 5], application.Store.LookedUp.Select(ids => ids.Count));
        Assert.Equal(tokens.Skip(MaxStatements).Select(token => token.Id).Order(), gathered.Order());
    }

    [Fact]
    public async Task The_refresher_has_a_statement_of_its_own()
    {
        await using var application = await TokenApplication.CreateAsync();
        var tokens = await IssueAsync(application, MaxStatements + 1);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(tokens[^1].Value));
        application.Time.Advance(TimeSpan.FromSeconds(5));
        var held = Hold(application);
        var busy = Present(application, tokens.Take(MaxStatements));
        await ReadAsync(held);

        await application.Get<StateRefresher>().RefreshAsync(default).WaitAsync(Deadline);

        Assert.Equal([tokens[^1].Id], application.Store.LookedUp[^1]);
        Release(held);
        await Task.WhenAll(busy);
    }

    [Fact]
    public async Task Requests_for_one_token_share_a_look_up_that_was_not_sent_yet()
    {
        await using var application = await TokenApplication.CreateAsync();
        var tokens = await IssueAsync(application, MaxStatements + 1);
        var held = Hold(application);
        var busy = Present(application, tokens.Take(MaxStatements));
        await ReadAsync(held);

        var waiting = Present(application, Enumerable.Repeat(tokens[^1], 20));
        Release(held);

        Assert.All(await Task.WhenAll(waiting).WaitAsync(Deadline), refusal => Assert.Equal(PersonalAccessTokenRefusal.None, refusal));
        Assert.Equal([1, 1, 1, 1], application.Store.LookedUp.Select(ids => ids.Count));
        await Task.WhenAll(busy);
    }

    [Fact]
    public async Task A_request_waits_one_second_for_its_turn_and_no_longer()
    {
        await using var application = await TokenApplication.CreateAsync();
        var tokens = await IssueAsync(application, MaxStatements + 1);
        var held = Hold(application);
        var busy = Present(application, tokens.Take(MaxStatements));
        await ReadAsync(held);
        var late = application.RefusalOfAsync(tokens[^1].Value);

        application.Time.Advance(TimeSpan.FromSeconds(1));

        var refused = await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => late.WaitAsync(Deadline));
        Assert.Equal("Too many tokens are being looked up at the moment.", refused.Message);
        Release(held);
        Assert.All(await Task.WhenAll(busy), refusal => Assert.Equal(PersonalAccessTokenRefusal.None, refusal));
        Assert.Equal(MaxStatements, application.Store.Lookups);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(tokens[^1].Value));
        Assert.Empty(application.Logged(300));
    }

    [Fact]
    public async Task A_turn_that_comes_just_before_the_second_is_over_is_taken()
    {
        await using var application = await TokenApplication.CreateAsync();
        var tokens = await IssueAsync(application, MaxStatements + 1);
        var held = Hold(application);
        var busy = Present(application, tokens.Take(MaxStatements));
        await ReadAsync(held);
        var late = application.RefusalOfAsync(tokens[^1].Value);

        application.Time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Release(held);

        Assert.Equal(PersonalAccessTokenRefusal.None, await late.WaitAsync(Deadline));
        await Task.WhenAll(busy);
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

        Assert.Equal(PersonalAccessTokenRefusal.None, await presentation.WaitAsync(Deadline));
    }

    [Fact]
    public async Task Ten_thousand_wait_at_most_and_get_their_answers_a_thousand_to_a_statement()
    {
        await using var application = await TokenApplication.CreateAsync();
        var lookups = application.Get<TokenLookups>();
        var held = Hold(application);
        var busy = Enumerable.Range(0, MaxStatements).Select(_ => FindUnknownAsync()).ToList();
        await ReadAsync(held);
        var waiting = Enumerable.Range(0, MaxWaiting).Select(_ => FindUnknownAsync()).ToList();

        var refused = await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(FindUnknownAsync);
        Assert.Equal("Too many tokens wait to be looked up.", refused.Message);

        Release(held);
        Assert.All(await Task.WhenAll([.. busy, .. waiting]).WaitAsync(Deadline), Assert.Null);
        Assert.Equal([1, 1, 1, .. Enumerable.Repeat(1_000, 10)], application.Store.LookedUp.Select(ids => ids.Count));
        Assert.Null(await FindUnknownAsync());
        Assert.Empty(application.Logged(300));

        Task<TokenReading?> FindUnknownAsync() => lookups.FindAsync(Guid.CreateVersion7(application.Now), default);
    }

    [Fact]
    public async Task Look_ups_that_nobody_waits_for_any_more_are_bounded_too()
    {
        await using var application = await TokenApplication.CreateAsync();
        var lookups = application.Get<TokenLookups>();
        using var leaving = new CancellationTokenSource();
        var held = Hold(application);
        var busy = Enumerable.Range(0, MaxStatements).Select(_ => FindUnknownAsync(default)).ToList();
        await ReadAsync(held);
        var left = Enumerable.Range(0, MaxWaiting).Select(_ => FindUnknownAsync(leaving.Token)).ToList();
        await leaving.CancelAsync();
        await Task.WhenAll(left).ContinueWith(static _ => { }, TaskScheduler.Default);

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => FindUnknownAsync(default).WaitAsync(TimeSpan.FromSeconds(5)));

        Release(held);
        await Task.WhenAll(busy).WaitAsync(Deadline);
        Assert.Null(await FindUnknownAsync(default).WaitAsync(Deadline));
        Assert.Equal([1, 1, 1, 1], application.Store.LookedUp.Select(ids => ids.Count));

        Task<TokenReading?> FindUnknownAsync(CancellationToken cancellationToken) =>
            lookups.FindAsync(Guid.CreateVersion7(application.Now), cancellationToken);
    }

    private static List<HeldLookup> Hold(TokenApplication application) =>
        [.. Enumerable.Range(0, MaxStatements).Select(_ => application.Store.HoldNextLookup())];

    private static Task ReadAsync(List<HeldLookup> held) => Task.WhenAll(held.Select(lookup => lookup.ReadAsync()));

    private static void Release(List<HeldLookup> held) => held.ForEach(lookup => lookup.Release());

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

using Microsoft.Extensions.Logging;

namespace Pat.Core.Tests;

/// <summary>A look-up that fails, takes too long or loses who asked for it.</summary>
public sealed class LookupFailureTests
{
    private static readonly TimeSpan LongestAlone = TimeSpan.FromMilliseconds(5);

    [Fact]
    public async Task The_first_caller_leaves_and_the_others_get_their_answer_though_it_was_sent()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        var lookups = application.Get<TokenLookups>();
        using var leaving = new CancellationTokenSource();
        var busy = await BusyStatements.SendAsync(application);
        var held = application.Store.HoldNextLookup();
        var first = lookups.FindAsync(token.Id, isProven: false, leaving.Token);
        var second = lookups.FindAsync(token.Id, isProven: false, default);
        await busy.AnswerAsync();
        await held.ReadAsync();

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(TestDeadline.Limit));
        held.Release();
        Assert.Equal(token.Id, (await second.WaitAsync(TestDeadline.Limit))!.State.Id);
        Assert.Equal(2, application.Store.Lookups);
    }

    [Fact]
    public async Task The_first_caller_leaves_and_the_others_get_their_answer_though_it_was_not_sent_yet()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        var lookups = application.Get<TokenLookups>();
        using var leaving = new CancellationTokenSource();
        var busy = await BusyStatements.SendAsync(application);
        var first = lookups.FindAsync(token.Id, isProven: false, leaving.Token);
        var second = lookups.FindAsync(token.Id, isProven: false, default);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(TestDeadline.Limit));
        await busy.AnswerAsync();

        Assert.Equal(token.Id, (await second.WaitAsync(TestDeadline.Limit))!.State.Id);
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_is_not_sent()
    {
        await using var application = await TokenApplication.CreateAsync();
        var lookups = application.Get<TokenLookups>();
        using var leaving = new CancellationTokenSource();
        var busy = await BusyStatements.SendAsync(application);
        var (left, stays) = (Guid.CreateVersion7(application.Now), Guid.CreateVersion7(application.Now));
        var first = lookups.FindAsync(left, isProven: false, leaving.Token);
        var second = lookups.FindAsync(stays, isProven: false, default);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(TestDeadline.Limit));
        await busy.AnswerAsync();
        await second.WaitAsync(TestDeadline.Limit);

        Assert.Equal([stays], application.Store.LookedUp[^1]);
    }

    [Fact]
    public async Task Who_comes_after_all_have_left_is_not_put_with_them()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        var lookups = application.Get<TokenLookups>();
        using var leaving = new CancellationTokenSource();
        var busy = await BusyStatements.SendAsync(application);
        var left = lookups.FindAsync(token.Id, isProven: false, leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.WaitAsync(TestDeadline.Limit));

        // That one is passed over when its turn comes.
        await busy.AnswerAsync();

        Assert.Equal(token.Id, (await lookups.FindAsync(token.Id, isProven: false, default).WaitAsync(TestDeadline.Limit))!.State.Id);
    }

    [Fact]
    public async Task A_caller_who_leaves_during_a_look_up_is_no_outage()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        using var leaving = new CancellationTokenSource();
        var held = application.Store.HoldNextLookup();
        var presentation = application.Manager.VerifyAsync(value, leaving.Token);
        await held.ReadAsync();

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => presentation.WaitAsync(TestDeadline.Limit));
        held.Release();

        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        Assert.DoesNotContain(application.Logged(), record => record.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_look_up_that_throws_fails_for_all_who_wait_for_it_and_the_next_one_works()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        var lookups = application.Get<TokenLookups>();
        var (held, next) = (application.Store.HoldNextLookup(), application.Store.HoldNextLookup());
        var first = application.Manager.VerifyAsync(value);
        await held.ReadAsync();
        var gathered = Enumerable.Range(0, 3).Select(_ => lookups.FindAsync(token.Id, isProven: false, default)).ToList();

        held.Fail(new InvalidOperationException("The connection broke."));
        next.Fail(new InvalidOperationException("The connection broke."));

        foreach (var presentation in gathered.Cast<Task>().Prepend(first))
        {
            var exception = await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => presentation.WaitAsync(TestDeadline.Limit));
            Assert.IsType<InvalidOperationException>(exception.InnerException);
        }

        Assert.Equal(2, application.Store.Lookups);
        Assert.Equal(2, application.Logged(300).Count);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_statement_that_takes_two_seconds_is_an_outage_whether_the_store_gives_up_or_not(bool givesUp)
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        using var sent = new SemaphoreSlim(0);
        application.Store.Before = (_, limit) =>
        {
            sent.Release();
            return Task.Delay(Timeout.Infinite, givesUp ? limit : default);
        };

        // As many as are under way at once, so that the next one shows that they gave their places back.
        var presentations = new List<Task>();
        for (var statement = 0; statement < 3; statement++)
        {
            application.Time.ForgetDelays();
            presentations.Add(application.Manager.VerifyAsync(value));
            Assert.True(await sent.WaitAsync(TestDeadline.Limit));
            await application.Time.DelayBegunAsync(LongestAlone);
            application.Time.Advance(LongestAlone);
        }

        application.Time.Advance(TimeSpan.FromSeconds(2));

        foreach (var presentation in presentations)
        {
            var exception = await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => presentation.WaitAsync(TestDeadline.Limit));
            Assert.IsType<TimeoutException>(exception.InnerException);
        }

        application.Store.Recover();
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        Assert.Equal(4, application.Store.Lookups);
    }

    [Fact]
    public async Task Owners_that_take_the_rest_of_the_two_seconds_are_an_outage()
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        var (_, value) = await application.IssueAsync();
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        owners.AfterRead = () =>
        {
            reading.TrySetResult();
            return Task.Delay(Timeout.Infinite);
        };
        var held = application.Store.HoldNextLookup();
        var presentation = application.Manager.VerifyAsync(value);
        await held.ReadAsync();
        application.Time.Advance(TimeSpan.FromSeconds(1));
        held.Release();
        await reading.Task.WaitAsync(TestDeadline.Limit);

        application.Time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => presentation.WaitAsync(TestDeadline.Limit));
        Assert.Single(application.Logged(301));
    }
}

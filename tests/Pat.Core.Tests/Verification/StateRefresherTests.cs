using Microsoft.EntityFrameworkCore;
using Pat.EntityFrameworkCore;
using Pat.TestSupport;
using static Pat.TestSupport.RefreshSteps;

namespace Pat.Core.Tests;

/// <summary>Tokens in use are read again ahead of time, so that requests don't wait for it.</summary>
public sealed class StateRefresherTests
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task A_token_in_use_is_read_again_and_no_request_waits_for_that()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await StartAsync(application);

        for (var round = 0; round < 10; round++)
        {
            var held = application.Store.HoldNextLookup();
            application.Time.Advance(Round);
            await held.ReadAsync();
            Assert.True(IsAcceptedFromMemory(application, value));
            application.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(IsAcceptedFromMemory(application, value));
            held.Release();
            await ReadAtAsync(application, token.Id, application.Now - TimeSpan.FromSeconds(1));
            application.Time.Advance(Round - TimeSpan.FromSeconds(1) - Tick);
            Assert.True(IsAcceptedFromMemory(application, value));
            application.Time.Advance(Tick);
            await ReadAtAsync(application, token.Id, application.Now);
        }

        Assert.Equal(21, application.Store.Lookups);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(2_400)]
    [InlineData(2_500)]
    [InlineData(2_600)]
    [InlineData(4_900)]
    public async Task Whenever_in_a_round_it_was_first_used_a_token_is_read_again_in_time(int milliseconds)
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        application.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await application.RefusalOfAsync(value);
        application.Time.Advance(Round - TimeSpan.FromMilliseconds(milliseconds));

        for (var round = 0; round < 5; round++)
        {
            Assert.True(IsAcceptedFromMemory(application, value));
            await application.Get<StateRefresher>().RefreshAsync(default);
            Assert.True(IsAcceptedFromMemory(application, value));
            application.Time.Advance(Round - Tick);
            Assert.True(IsAcceptedFromMemory(application, value));
            application.Time.Advance(Tick);
        }
    }

    [Fact]
    public async Task A_change_elsewhere_is_seen_by_the_refresh()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await other.Manager.EditAsync("alice", token.Id, new() { Scopes = ["read", "write"] });
        application.Time.Advance(Round);

        await application.Get<StateRefresher>().RefreshAsync(default);

        Assert.Equal(["read", "write"], (await application.Manager.VerifyAsync(value)).Token!.Scopes);
        Assert.Equal(2, application.Store.Lookups);
    }

    [Fact]
    public async Task A_token_that_nobody_uses_any_more_is_not_read_again()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (used, usedValue) = await application.IssueAsync();
        var (idle, idleValue) = await application.IssueAsync();
        await application.RefusalOfAsync(usedValue);
        await application.RefusalOfAsync(idleValue);

        for (var round = 0; round < 6; round++)
        {
            application.Time.Advance(Round);
            await application.Get<StateRefresher>().RefreshAsync(default);
            Assert.True(IsAcceptedFromMemory(application, usedValue));
        }

        var refreshes = application.Store.LookedUp.Skip(2).ToList();
        Assert.Equal(6, refreshes.Count(ids => ids.Contains(used.Id)));
        Assert.InRange(refreshes.Count(ids => ids.Contains(idle.Id)), 1, 2);
        Assert.DoesNotContain(idle.Id, refreshes[^1]);
        Assert.False(IsAcceptedFromMemory(application, idleValue));
    }

    [Fact]
    public async Task A_thousand_are_read_by_one_statement()
    {
        await using var application = await TokenApplication.CreateAsync();
        UseTokens(application, 2_500);

        application.Time.Advance(Round);
        await application.Get<StateRefresher>().RefreshAsync(default);

        Assert.Equal([1_000, 1_000, 500], application.Store.LookedUp.Select(ids => ids.Count));
        Assert.Equal(2_500, application.Store.LookedUp.SelectMany(ids => ids).Distinct().Count());
    }

    [Fact]
    public async Task A_batch_that_fails_leaves_the_others_theirs()
    {
        await using var application = await TokenApplication.CreateAsync();
        UseTokens(application, 2_500);
        application.Store.Before = (_, _) => application.Store.Lookups == 2
            ? throw new TimeoutException("The database does not answer.")
            : Task.CompletedTask;

        application.Time.Advance(Round);
        await application.Get<StateRefresher>().RefreshAsync(default);

        Assert.Equal([1_000, 500], application.Store.LookedUp.Select(ids => ids.Count));
    }

    [Fact]
    public async Task After_a_round_that_took_long_the_next_one_leaves_nothing_out()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using (var context = await application.Get<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync())
        {
            List<PersonalAccessToken> tokens = [.. Enumerable.Range(0, 2_500).Select(_ => SampleTokens.Create("alice"))];
            context.AddRange(tokens);
            await context.SaveChangesAsync();
            UseTokens(application, tokens);
        }

        application.Time.Advance(Round);
        application.Store.AfterLookup = () =>
        {
            application.Time.Advance(TimeSpan.FromSeconds(1.5));
            return Task.CompletedTask;
        };
        await application.Get<StateRefresher>().RefreshAsync(default);
        application.Store.AfterLookup = null;
        application.Time.Advance(TimeSpan.FromSeconds(0.5));

        // The last ones were read 2 seconds ago, and by the round after this one it would be 7 and what that takes.
        await application.Get<StateRefresher>().RefreshAsync(default);

        Assert.Equal([1_000, 1_000, 500, 1_000, 1_000, 500], application.Store.LookedUp.Select(ids => ids.Count));
    }

    [Fact]
    public async Task It_goes_on_without_the_callers_thread()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        application.Time.Advance(Round);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        application.Store.AfterLookup = () => answer.Task;
        var context = new CallersContext();

        var refresh = context.Begin(() => application.Get<StateRefresher>().RefreshAsync(default));
        answer.SetResult();
        await refresh.WaitAsync(TestDeadline.Limit);

        Assert.Equal(0, context.Posted);
    }

    [Fact]
    public async Task A_damaged_scope_of_a_row_is_no_scope_and_holds_nothing_up()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await StartAsync(application);

        await SetScopesAsync(application, "[null]");
        application.Time.Advance(Round);
        await ReadAtAsync(application, token.Id, application.Now);

        var verification = await application.Manager.VerifyAsync(value);
        Assert.True(verification.Succeeded);
        Assert.Empty(application.Get<PersonalAccessTokenScopes>().Expand(verification.Token.Scopes));
    }

    [Fact]
    public async Task Where_no_staleness_is_allowed_nothing_is_read_ahead()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxStaleness = TimeSpan.Zero);
        var refresher = application.Get<StateRefresher>();

        await refresher.StartAsync(default);

        await refresher.ExecuteTask!.WaitAsync(TestDeadline.Limit);
        Assert.True(refresher.ExecuteTask.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task It_stops_with_the_application()
    {
        await using var application = await TokenApplication.CreateAsync();
        await StartAsync(application);
        var refresher = application.Get<StateRefresher>();

        await refresher.StopAsync(default);

        Assert.True(refresher.ExecuteTask!.IsCompletedSuccessfully);
    }

    private static async Task SetScopesAsync(TokenApplication application, string json)
    {
        await using var context = await application.Get<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync();
        await context.Database.ExecuteSqlAsync($"""UPDATE "PersonalAccessTokens" SET "Scopes" = {json}""");
    }
}

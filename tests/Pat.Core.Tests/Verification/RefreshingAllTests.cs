using Pat.TestSupport;
using static Pat.TestSupport.RefreshSteps;

namespace Pat.Core.Tests;

/// <summary>A notice that anything may have changed makes all that is in use be read again, and says whether it was.</summary>
public sealed class RefreshingAllTests
{
    [Fact]
    public async Task A_notice_about_everything_makes_what_is_in_use_be_read_however_young()
    {
        await using var application = await TokenApplication.CreateAsync();
        UseTokens(application, 2_500);

        Assert.True(await application.Get<StateRefresher>().RefreshAllAsync(default));

        Assert.Equal([1_000, 1_000, 500], application.Store.LookedUp.Select(ids => ids.Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whether_all_of_it_was_read_is_told_whichever_batch_failed(int failing)
    {
        await using var application = await TokenApplication.CreateAsync();
        UseTokens(application, 2_500);
        var batch = 0;
        application.Store.Before = (_, _) => ++batch == failing
            ? throw new TimeoutException("The database does not answer.")
            : Task.CompletedTask;

        Assert.False(await application.Get<StateRefresher>().RefreshAllAsync(default));
        Assert.Equal(3, batch);
    }

    [Fact]
    public async Task A_store_that_answers_what_no_store_may_is_told_and_stops_nothing()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        application.Store.IsRepeating = true;

        Assert.False(await application.Get<StateRefresher>().RefreshAllAsync(default));

        Assert.Single(application.Logged(306));
    }

    [Fact]
    public async Task An_application_that_ends_reads_nothing_any_more()
    {
        await using var application = await TokenApplication.CreateAsync();
        UseTokens(application, 1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => application.Get<StateRefresher>().RefreshAllAsync(new CancellationToken(true)));

        Assert.Equal(0, application.Store.Lookups);
    }

    [Fact]
    public async Task Where_no_staleness_is_allowed_a_notice_about_everything_makes_nothing_be_read()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxStaleness = TimeSpan.Zero);
        var (_, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        var lookups = application.Store.Lookups;

        Assert.True(await application.Get<StateRefresher>().RefreshAllAsync(default));

        Assert.Equal(lookups, application.Store.Lookups);
    }
}

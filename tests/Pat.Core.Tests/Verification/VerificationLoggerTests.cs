using Pat.TestSupport;

namespace Pat.Core.Tests;

public sealed class VerificationLoggerTests
{
    [Fact]
    public async Task Tokens_that_can_not_be_judged_fill_no_more_than_a_budget_of_the_log_and_what_is_left_out_is_counted()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.Hashing.Peppers.Add(SecretHashers.Pepper("a")));
        await using var without = application.AddNode();
        var (_, value) = await application.IssueAsync();
        Task PresentAsync() => Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => without.RefusalOfAsync(value));
        for (var i = 0; i < SecondBudget.PerSecond + 7; i++)
        {
            // Slowly enough that none of them waits for company.
            without.Time.Advance(TimeSpan.FromMilliseconds(5));
            await PresentAsync();
        }

        Assert.Equal(SecondBudget.PerSecond, without.Logged(302).Count);
        without.Time.Advance(TimeSpan.FromSeconds(1));
        await PresentAsync();

        Assert.Equal(SecondBudget.PerSecond + 1, without.Logged(302).Count);
        Assert.StartsWith("7 more tokens", Assert.Single(without.Logged(308)).Message, StringComparison.Ordinal);
    }
}

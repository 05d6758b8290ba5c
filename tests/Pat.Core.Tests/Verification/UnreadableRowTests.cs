using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pat.EntityFrameworkCore;

namespace Pat.Core.Tests;

/// <summary>A row that can't be read, damaged or written by something else, takes no other one along.</summary>
public sealed class UnreadableRowTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(29)]
    public async Task Only_its_own_token_can_not_be_judged(int damaged)
    {
        await using var application = await TokenApplication.CreateAsync();
        var tokens = await IssueAsync(application, 30);
        await DamageAsync(application, tokens[damaged]);

        await AssertOthersAreFoundAsync(application, tokens, damaged);

        Assert.IsType<InvalidOperationException>(Assert.Single(application.Logged(307)).Exception);
        Assert.Empty(application.Logged(300));
    }

    [Fact]
    public async Task Nor_can_one_that_a_store_answers_without_its_scopes()
    {
        await using var application = await TokenApplication.CreateAsync();
        var tokens = await IssueAsync(application, 30);
        application.Store.Damaged.Add(tokens[13]);

        await AssertOthersAreFoundAsync(application, tokens, 13);

        Assert.IsType<ArgumentNullException>(Assert.Single(application.Logged(307)).Exception);
    }

    [Fact]
    public async Task One_line_tells_of_many()
    {
        await using var application = await TokenApplication.CreateAsync();
        var tokens = await IssueAsync(application, 30);
        await DamageAsync(application, tokens[3]);
        await DamageAsync(application, tokens[20]);

        var outcomes = await LookupsTogether.SendAsync(application, tokens);

        Assert.Equal([3, 20], Enumerable.Range(0, 30).Where(token => outcomes[token].IsFaulted));
        Assert.StartsWith("2 tokens can't be judged", Assert.Single(application.Logged(307)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_known_of_it_is_kept_and_the_others_are_read_again_ahead_of_time()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, whole) = await application.IssueAsync();
        var (damaged, value) = await application.IssueAsync();
        await application.RefusalOfAsync(whole);
        await application.RefusalOfAsync(value);
        await DamageAsync(application, damaged.Id);

        application.Time.Advance(TimeSpan.FromSeconds(6));
        await application.Get<StateRefresher>().RefreshAsync(default);
        application.Time.Advance(TimeSpan.FromSeconds(6));

        var lookups = application.Store.Lookups;
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(whole));
        Assert.Equal(lookups, application.Store.Lookups);
        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => application.RefusalOfAsync(value));

        // No slow hash is computed when it can be judged again.
        var hashes = application.Hashes;
        await SetScopesAsync(application, damaged.Id, """["read"]""");
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        Assert.Equal(hashes, application.Hashes);
    }

    [Fact]
    public async Task A_store_that_is_down_is_asked_once()
    {
        await using var application = await TokenApplication.CreateAsync();
        var tokens = await IssueAsync(application, 30);
        var lookups = 0;
        application.Store.AfterLookup = () =>
            ++lookups > 1 ? throw new TimeoutException("The database does not answer.") : Task.CompletedTask;

        var outcomes = await LookupsTogether.SendAsync(application, tokens);

        Assert.All(outcomes, outcome => Assert.True(outcome.IsFaulted));
        Assert.Equal(2, lookups);
        Assert.Empty(application.Logged(307));
    }

    private static async Task AssertOthersAreFoundAsync(TokenApplication application, List<Guid> tokens, int damaged)
    {
        var outcomes = await LookupsTogether.SendAsync(application, tokens);

        for (var token = 0; token < tokens.Count; token++)
        {
            if (token == damaged)
            {
                var exception = await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => outcomes[token]);
                Assert.Equal("The token's row or its owner can't be read.", exception.Message);
            }
            else
            {
                Assert.Equal(tokens[token], (await outcomes[token])!.State.Id);
            }
        }

        var logged = Assert.Single(application.Logged(307)).Message;
        Assert.StartsWith("1 tokens can't be judged", logged, StringComparison.Ordinal);
        Assert.Contains(PersonalAccessTokenFormat.FormatId(tokens[damaged]), logged, StringComparison.Ordinal);
    }

    private static async Task<List<Guid>> IssueAsync(TokenApplication application, int count)
    {
        var tokens = new List<Guid>();
        while (tokens.Count < count)
        {
            tokens.Add((await application.IssueAsync()).Token.Id);
        }

        return tokens;
    }

    /// <summary>What SQLite keeps and Entity Framework Core can't read.</summary>
    private static Task DamageAsync(TokenApplication application, Guid id) => SetScopesAsync(application, id, "null");

    private static async Task SetScopesAsync(TokenApplication application, Guid id, string json)
    {
        await using var context = await application.Get<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync();
        Assert.Equal(1, await context.Database.ExecuteSqlAsync($"""UPDATE "PersonalAccessTokens" SET "Scopes" = {json} WHERE "Id" = {id}"""));
    }
}

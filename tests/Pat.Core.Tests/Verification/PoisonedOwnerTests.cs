namespace Pat.Core.Tests;

/// <summary>An owner for whom the owner source throws takes nobody else along.</summary>
public sealed class PoisonedOwnerTests
{
    private readonly TestOwners _owners = new();

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(29)]
    public async Task Only_the_poisoned_owners_tokens_can_not_be_judged(int poisoned)
    {
        await using var application = await TokenApplication.CreateAsync(owners: _owners);
        var tokens = await IssueAsync(application, 30);
        _owners.Poisoned.Add($"owner {poisoned}");

        var outcomes = await LookupsTogether.SendAsync(application, tokens);

        for (var owner = 0; owner < tokens.Count; owner++)
        {
            if (owner == poisoned)
            {
                var exception = await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => outcomes[owner]);
                Assert.Equal("The token's row or its owner can't be read.", exception.Message);
            }
            else
            {
                Assert.Equal(tokens[owner], (await outcomes[owner])!.State.Id);
            }
        }

        var logged = Assert.Single(application.Logged(301));
        Assert.StartsWith("The tokens of 1 owners", logged.Message, StringComparison.Ordinal);
        Assert.IsType<FormatException>(logged.Exception);
    }

    [Fact]
    public async Task What_others_have_is_read_again_ahead_of_time()
    {
        await using var application = await TokenApplication.CreateAsync(owners: _owners);
        _owners.Set("alice");
        _owners.Set("mallory");
        var (_, alices) = await application.IssueAsync("alice");
        var (_, mallorys) = await application.IssueAsync("mallory");
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(alices));
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(mallorys));
        _owners.Poisoned.Add("mallory");

        application.Time.Advance(TimeSpan.FromSeconds(6));
        await application.Get<StateRefresher>().RefreshAsync(default);
        var lookups = application.Store.Lookups;
        application.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(alices));
        Assert.Equal(lookups, application.Store.Lookups);
        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => application.RefusalOfAsync(mallorys));

        // Not forgotten: no slow hash is computed when it can be judged again.
        var hashes = application.Hashes;
        _owners.Poisoned.Clear();
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(mallorys));
        Assert.Equal(hashes, application.Hashes);
    }

    [Fact]
    public async Task A_source_that_is_down_keeps_all_from_being_judged()
    {
        await using var application = await TokenApplication.CreateAsync(owners: _owners);
        var tokens = await IssueAsync(application, 30);
        _owners.Fault = new TimeoutException("The directory does not answer.");

        Assert.All(await LookupsTogether.SendAsync(application, tokens), outcome => Assert.True(outcome.IsFaulted));
    }

    private async Task<List<Guid>> IssueAsync(TokenApplication application, int count)
    {
        var tokens = new List<Guid>();
        for (var owner = 0; owner < count; owner++)
        {
            _owners.Set($"owner {owner}");
            tokens.Add((await application.IssueAsync($"owner {owner}")).Token.Id);
        }

        return tokens;
    }
}

using Microsoft.EntityFrameworkCore;
using Pat.EntityFrameworkCore;
using Xunit;

namespace Pat.TestSupport;

public abstract partial class PersonalAccessTokenStoreContract
{
    private static readonly PersonalAccessTokenRetention Retention =
        new(AtNow, TimeSpan.FromDays(90), TimeSpan.FromDays(7));

    [Fact]
    public async Task The_database_removes_what_memory_says_may_go_and_nothing_else()
    {
        var tokens = BoundaryTokens(TestTokens.InactivityPeriod + Retention.InactiveRetention, Retention.Retention);
        await SeedAsync(tokens);
        var mayGo = AtNow.IsRemovable(Retention.Retention, Retention.InactiveRetention).Compile();
        var kept = tokens.Where(token => !mayGo(token)).Select(token => token.Id).ToHashSet();

        Assert.Equal(tokens.Count - kept.Count, await Store.RemoveAsync(Retention, 1_000, default));

        var left = await Store.FindAsync([.. tokens.Select(token => token.Id)], default);
        Assert.NotEmpty(kept);
        Assert.True(kept.Count < tokens.Count);
        Assert.Equal(kept, left.Select(token => token.Id).ToHashSet());
    }

    [Fact]
    public async Task A_token_that_was_used_just_before_the_clean_up_stays()
    {
        var longAgo = Now.AddDays(-400);
        var used = await AddAsync(token => token.CreatedAt = longAgo);
        var unused = await AddAsync(token => token.CreatedAt = longAgo);
        await Store.RecordUseAsync([new(used.Id, Now, null)], Resolution, default);

        Assert.Equal(1, await Store.RemoveAsync(Retention, 1_000, default));
        Assert.NotNull(await FindAsync(used.Id));
        Assert.Null(await FindAsync(unused.Id));
    }

    [Fact]
    public async Task A_batch_removes_no_more_than_its_size()
    {
        await SeedAsync(Enumerable.Range(0, 5).Select(_ => TestTokens.Create(Owner, token => token.RevokedAt = Now.AddDays(-91))));

        Assert.Equal(3, await Store.RemoveAsync(Retention, 3, default));
        Assert.Equal(2, await Store.RemoveAsync(Retention, 3, default));
        Assert.Equal(0, await Store.RemoveAsync(Retention, 3, default));
    }

    [Fact]
    public async Task A_batch_may_be_ten_thousand_tokens()
    {
        await SeedAsync(Enumerable.Range(0, 10_001).Select(_ => TestTokens.Create(Owner, token => token.RevokedAt = Now.AddDays(-91))));

        Assert.Equal(10_000, await Store.RemoveAsync(Retention, 10_000, default));
        Assert.Equal(1, await Store.RemoveAsync(Retention, 10_000, default));
    }

    [Fact]
    public async Task Two_cleaners_at_once_remove_ten_thousand_tokens_and_end_without_error()
    {
        await SeedAsync(Enumerable.Range(0, 10_000).Select(i =>
            TestTokens.Create($"owner {i % 100}", token => token.ExpiresAt = Now.AddDays(-91))));
        var kept = await AddAsync();

        var removed = await Task.WhenAll(Task.Run(CleanAsync), Task.Run(CleanAsync));

        Assert.Equal(10_000, removed.Sum());
        await using var context = await Fixture.CreateContextAsync();
        Assert.Equal(kept.Id, Assert.Single(await context.Set<PersonalAccessToken>().ToListAsync()).Id);

        async Task<int> CleanAsync()
        {
            var total = 0;
            int count;
            do
            {
                count = await Store.RemoveAsync(Retention, 1_000, default);
                total += count;
            }
            while (count == 1_000);

            return total;
        }
    }

    [Fact]
    public async Task What_was_counted_of_an_owner_goes_when_the_window_is_over_and_no_token_is_left()
    {
        await AddAsync(owner: "has a token");
        var gone = await AddAsync(owner: "had a token");
        var day = TimeSpan.FromDays(1);
        await Store.RevokeAsync(gone.Id, Now, null, default);

        await CleanAsync(Now + day - TimeSpan.FromMicroseconds(1));
        Assert.Equal(["had a token", "has a token"], await CountedOwnersAsync());
        await CleanAsync(Now + day);
        Assert.Equal(["has a token"], await CountedOwnersAsync());

        Task<int> CleanAsync(DateTimeOffset now) =>
            Store.RemoveAsync(new(TestTokens.At(now), TimeSpan.Zero, TimeSpan.Zero), 1_000, default);
    }

    [Fact]
    public async Task What_was_counted_of_many_owners_goes_in_one_clean_up()
    {
        await using (var context = await Fixture.CreateContextAsync())
        {
            context.AddRange(Enumerable.Range(0, 25).Select(number =>
                new PersonalAccessTokenOwnerQuota { OwnerId = $"owner {number}", SecretsMade = 1, CountedUntil = Now }));
            await context.SaveChangesAsync();
        }

        await Store.RemoveAsync(Retention, 10, default);

        Assert.Empty(await CountedOwnersAsync());
    }

    [Fact]
    public async Task Limits_hold_while_clean_ups_take_the_counts_of_owners_away()
    {
        var limits = Limits with { UsableTokens = 3 };
        var retention = new PersonalAccessTokenRetention(TestTokens.At(Now.AddDays(2)), TimeSpan.Zero, TimeSpan.Zero);
        var adding = AddAtOnceAsync(24, limits);
        while (!adding.IsCompleted)
        {
            await Store.RemoveAsync(retention, 1_000, default);
        }

        Assert.Equal(3, (await adding).Count(outcome => outcome == PersonalAccessTokenWriteOutcome.Done));
    }

    private async Task<List<string>> CountedOwnersAsync()
    {
        await using var context = await Fixture.CreateContextAsync();
        return await context.Set<PersonalAccessTokenOwnerQuota>().Select(quota => quota.OwnerId).Order().ToListAsync();
    }
}

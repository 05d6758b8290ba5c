using Microsoft.EntityFrameworkCore;
using Pat.EntityFrameworkCore;
using Xunit;

namespace Pat.TestSupport;

public abstract partial class PersonalAccessTokenStoreContract
{
    [Fact]
    public async Task The_database_removes_what_memory_says_may_go_and_nothing_else()
    {
        var tokens = BoundaryTokens(SampleTokens.InactivityPeriod + Retention.InactiveRetention, Retention.Retention);
        await SeedAsync(tokens);
        var mayGo = AtNow.IsRemovable(Retention.Retention, Retention.InactiveRetention).Compile();
        var kept = tokens.Where(token => !mayGo(token)).Select(token => token.Id).ToHashSet();

        Assert.Equal(new(tokens.Count - kept.Count, null), await Store.RemoveAsync(Retention, 1_000, null, default));

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

        Assert.Equal(1, await RemoveAllAsync(Retention, 1_000));
        Assert.NotNull(await FindAsync(used.Id));
        Assert.Null(await FindAsync(unused.Id));
    }

    [Fact]
    public async Task A_batch_removes_no_more_than_its_size_and_the_next_one_goes_on_from_there()
    {
        await SeedAsync(Enumerable.Range(0, 5).Select(_ => SampleTokens.Create(Owner, token => token.RevokedAt = Now.AddDays(-91))));

        var first = await Store.RemoveAsync(Retention, 3, null, default);
        var second = await Store.RemoveAsync(Retention, 3, first.Position, default);

        Assert.Equal(3, first.Removed);
        Assert.NotNull(first.Position);
        Assert.Equal(new(2, null), second);
    }

    [Fact]
    public async Task A_batch_looks_at_ten_tokens_for_each_that_it_may_remove_and_the_walk_ends()
    {
        var tokens = Enumerable.Range(0, 95).Select(_ => SampleTokens.Create(Owner)).ToList();
        foreach (var i in (int[])[0, 19, 20, 40, 41, 42, 94])
        {
            tokens[i].RevokedAt = Now.AddDays(-91);
        }

        await SeedAsync(tokens);
        var batches = new List<int>();
        string? position = null;
        do
        {
            var batch = await Store.RemoveAsync(Retention, 2, position, default);
            batches.Add(batch.Removed);
            position = batch.Position;
        }
        while (position is not null);

        // Windows of 20: the third has more than may go at once, and the walk goes on right after those.
        Assert.Equal([2, 1, 2, 1, 0, 1], batches);
    }

    [Fact]
    public async Task The_walk_follows_the_databases_own_order_of_ids()
    {
        // Ids whose order by bytes, by text and by .NET's fields could differ.
        Guid[] ids =
        [
            new("00000000-0000-0000-0000-000000000001"), new("00000000-0000-0000-ff00-000000000000"),
            new("0000ffff-0000-0000-0000-0000000000ff"), new("7fffffff-0000-0000-0000-000000000000"),
            new("80000000-0000-0000-0000-000000000000"), new("a0000000-9000-0000-0000-000000000000"),
            new("a0000000-a000-0000-0000-000000000000"), new("ffffffff-ffff-ffff-ffff-ffffffffffff"),
        ];
        await SeedAsync(ids.Select((id, i) => SampleTokens.Create(Owner, token =>
            (token.Id, token.RevokedAt) = (id, i == 3 ? null : Now.AddDays(-91)))));

        Assert.Equal(7, await RemoveAllAsync(Retention, 1));

        Assert.Equal(ids[3], Assert.Single(await Store.FindAsync(ids, default)).Id);
    }

    [Fact]
    public async Task A_batch_may_be_ten_thousand_tokens()
    {
        await SeedAsync(Enumerable.Range(0, 10_001).Select(_ => SampleTokens.Create(Owner, token => token.RevokedAt = Now.AddDays(-91))));

        var first = await Store.RemoveAsync(Retention, 10_000, null, default);

        Assert.Equal(10_000, first.Removed);
        Assert.Equal(new(1, null), await Store.RemoveAsync(Retention, 10_000, first.Position, default));
    }

    [Fact]
    public async Task A_position_that_is_none_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store.RemoveAsync(Retention, 10, "nowhere", default));

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
            RemoveAllAsync(new(SampleTokens.At(now), TimeSpan.Zero, TimeSpan.Zero), 1_000);
    }

    [Fact]
    public async Task What_was_counted_of_many_owners_goes_in_batches_of_one_clean_up()
    {
        await using (var context = await Fixture.CreateContextAsync())
        {
            context.AddRange(Enumerable.Range(0, 25).Select(number =>
                new PersonalAccessTokenOwnerQuota { OwnerId = $"owner {number}", SecretsMade = 1, CountedUntil = Now }));
            await context.SaveChangesAsync();
        }

        var first = await Store.RemoveAsync(Retention, 10, null, default);
        Assert.Equal(15, (await CountedOwnersAsync()).Count);
        var second = await Store.RemoveAsync(Retention, 10, first.Position, default);
        Assert.Equal(5, (await CountedOwnersAsync()).Count);

        Assert.Equal(new(0, null), await Store.RemoveAsync(Retention, 10, second.Position, default));
        Assert.Empty(await CountedOwnersAsync());
    }

    [Fact]
    public async Task Limits_hold_while_clean_ups_take_the_counts_of_owners_away()
    {
        var limits = Limits with { UsableTokens = 3 };
        var retention = new PersonalAccessTokenRetention(SampleTokens.At(Now.AddDays(2)), TimeSpan.Zero, TimeSpan.Zero);
        var adding = AddAtOnceAsync(24, limits);
        while (!adding.IsCompleted)
        {
            await RemoveAllAsync(retention, 1_000);
        }

        Assert.Equal(3, (await adding).Count(outcome => outcome == PersonalAccessTokenWriteOutcome.Done));
    }

    private async Task<List<string>> CountedOwnersAsync()
    {
        await using var context = await Fixture.CreateContextAsync();
        return await context.Set<PersonalAccessTokenOwnerQuota>().Select(quota => quota.OwnerId).Order().ToListAsync();
    }
}

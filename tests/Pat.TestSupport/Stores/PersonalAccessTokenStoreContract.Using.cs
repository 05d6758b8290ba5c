using Xunit;

namespace Pat.TestSupport;

public abstract partial class PersonalAccessTokenStoreContract
{
    private static readonly TimeSpan Resolution = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_use_touches_its_own_columns_alone()
    {
        var token = await AddAsync();
        var bystander = await AddAsync();

        await Store.RecordUseAsync([new(token.Id, Now.AddHours(1), "192.0.2.0/24")], Resolution, default);

        await AssertStoredAsync(TestTokens.Copy(
            token, used => (used.LastUsedAt, used.LastUsedAddress) = (Now.AddHours(1), "192.0.2.0/24")));
        await AssertStoredAsync(bystander);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(-1, false)]
    [InlineData(-600_000_000, false)]
    public async Task A_use_is_noted_when_the_last_note_is_as_old_as_the_resolution(long microseconds, bool isNoted)
    {
        var token = await AddAsync(token => (token.LastUsedAt, token.LastUsedAddress) = (Now, "before"));
        var usedAt = (Now + Resolution).AddMicroseconds(microseconds);

        await Store.RecordUseAsync([new(token.Id, usedAt, null)], Resolution, default);

        var expected = isNoted
            ? TestTokens.Copy(token, used => (used.LastUsedAt, used.LastUsedAddress) = (usedAt, null))
            : token;
        await AssertStoredAsync(expected);
    }

    [Fact]
    public async Task An_older_use_never_replaces_a_newer_one()
    {
        var token = await AddAsync();
        await Store.RecordUseAsync([new(token.Id, Now.AddHours(2), null)], TimeSpan.Zero, default);
        await Store.RecordUseAsync([new(token.Id, Now.AddHours(1), null)], TimeSpan.Zero, default);

        Assert.Equal(Now.AddHours(2), (await FindAsync(token.Id))!.LastUsedAt);
    }

    [Fact]
    public async Task A_use_of_a_revoked_or_unknown_token_is_not_noted()
    {
        var revoked = await AddAsync(token => token.RevokedAt = Now);
        var live = await AddAsync();
        var unknown = TestTokens.Create(Owner);

        await Store.RecordUseAsync(
            [new(revoked.Id, Now, "a"), new(unknown.Id, Now, "a"), new(live.Id, Now, "a")], Resolution, default);
        await Store.RecordUseAsync([], Resolution, default);

        await AssertStoredAsync(revoked);
        Assert.Null(await FindAsync(unknown.Id));
        Assert.Equal(Now, (await FindAsync(live.Id))!.LastUsedAt);
    }

    [Fact]
    public async Task Many_writers_of_the_same_thousand_uses_in_any_order_end_without_error()
    {
        var tokens = Enumerable.Range(0, 1_000).Select(_ => TestTokens.Create(Owner)).ToArray();
        await SeedAsync(tokens);

        await Task.WhenAll(Enumerable.Range(1, 4).Select(writer => Task.Run(() =>
        {
            var uses = tokens.Select(token => new PersonalAccessTokenUse(token.Id, Now.AddSeconds(writer), null)).ToArray();
            new Random(writer).Shuffle(uses);
            return Store.RecordUseAsync(uses, TimeSpan.Zero, default);
        })));

        var stored = await Store.FindAsync([.. tokens.Select(token => token.Id)], default);
        Assert.All(stored, token => Assert.InRange(token.LastUsedAt!.Value, Now.AddSeconds(1), Now.AddSeconds(4)));
    }

    [Fact]
    public async Task More_than_a_thousand_uses_are_refused()
    {
        var uses = Enumerable.Range(0, 1_001)
            .Select(_ => new PersonalAccessTokenUse(TestTokens.Create(Owner).Id, Now, null)).ToList();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.RecordUseAsync(uses, Resolution, default));
    }

    [Fact]
    public async Task The_store_tells_the_time_by_its_own_clock()
    {
        var before = TimeProvider.System.GetUtcNow();
        var theirs = await Store.GetUtcNowAsync(default);
        await AddAsync();
        await AddAsync();
        var later = await Store.GetUtcNowAsync(default);
        var after = TimeProvider.System.GetUtcNow();

        // SQLite knows milliseconds.
        Assert.InRange(theirs, before.AddMilliseconds(-1), after);
        Assert.InRange(later, theirs, after);
        Assert.Equal(TimeSpan.Zero, theirs.Offset);
    }
}

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

        await AssertStoredAsync(SampleTokens.Copy(
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
            ? SampleTokens.Copy(token, used => (used.LastUsedAt, used.LastUsedAddress) = (usedAt, null))
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
    public async Task A_use_after_the_revocation_or_of_an_unknown_token_is_not_noted()
    {
        var revoked = await AddAsync(token => token.RevokedAt = Now.AddMicroseconds(-1));
        var live = await AddAsync();
        var unknown = SampleTokens.Create(Owner);

        await Store.RecordUseAsync(
            [new(revoked.Id, Now, "a"), new(unknown.Id, Now, "a"), new(live.Id, Now, "a")], Resolution, default);
        await Store.RecordUseAsync([], Resolution, default);

        await AssertStoredAsync(revoked);
        Assert.Null(await FindAsync(unknown.Id));
        Assert.Equal(Now, (await FindAsync(live.Id))!.LastUsedAt);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000_000)]
    public async Task A_use_before_the_revocation_is_noted_after_it_without_the_address_that_the_revocation_cleared(long microseconds)
    {
        var usedAt = Now.AddMicroseconds(-microseconds);
        var token = await AddAsync(token => (token.LastUsedAt, token.LastUsedAddress) = (Now.AddHours(-1), "before"));
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.RevokeAsync(token.Id, Now, "leaked", default));
        var revoked = (await FindAsync(token.Id))!;

        var outcomes = await Store.RecordUseAsync([new(token.Id, usedAt, "192.0.2.0/24")], Resolution, default);

        Assert.Equal(PersonalAccessTokenUseOutcome.Written, outcomes[token.Id]);
        await AssertStoredAsync(SampleTokens.Copy(revoked, used => used.LastUsedAt = usedAt));
    }

    [Fact]
    public async Task A_use_before_the_revocation_replaces_no_newer_one()
    {
        var token = await AddAsync(token => (token.LastUsedAt, token.RevokedAt) = (Now.AddMinutes(-10), Now));

        var outcomes = await Store.RecordUseAsync([new(token.Id, Now.AddMinutes(-20), null)], TimeSpan.Zero, default);

        Assert.Equal(PersonalAccessTokenUseOutcome.NotNeeded, outcomes[token.Id]);
        await AssertStoredAsync(token);
    }

    [Fact]
    public async Task The_store_answers_for_each_use_what_became_of_it()
    {
        var unused = await AddAsync();
        var used = await AddAsync(token => token.LastUsedAt = Now - Resolution);
        var justUsed = await AddAsync(token => token.LastUsedAt = (Now - Resolution).AddMicroseconds(1));
        var usedLater = await AddAsync(token => token.LastUsedAt = Now.AddHours(1));
        var revoked = await AddAsync(token => token.RevokedAt = Now.AddMicroseconds(-1));
        var revokedSince = await AddAsync(token => token.RevokedAt = Now);
        var expired = await AddAsync(token => token.ExpiresAt = Now.AddDays(-1));
        var unknown = SampleTokens.Create(Owner);
        PersonalAccessToken[] tokens = [unknown, expired, revokedSince, revoked, usedLater, justUsed, used, unused];

        var outcomes = await Store.RecordUseAsync(
            [.. tokens.Select(token => new PersonalAccessTokenUse(token.Id, Now, null))], Resolution, default);

        Assert.Equal(
            new Dictionary<Guid, PersonalAccessTokenUseOutcome>
            {
                [unused.Id] = PersonalAccessTokenUseOutcome.Written,
                [used.Id] = PersonalAccessTokenUseOutcome.Written,
                [justUsed.Id] = PersonalAccessTokenUseOutcome.NotNeeded,
                [usedLater.Id] = PersonalAccessTokenUseOutcome.NotNeeded,
                [revoked.Id] = PersonalAccessTokenUseOutcome.Gone,
                [revokedSince.Id] = PersonalAccessTokenUseOutcome.Written,
                [expired.Id] = PersonalAccessTokenUseOutcome.Written,
                [unknown.Id] = PersonalAccessTokenUseOutcome.Gone,
            },
            outcomes);
        Assert.Empty(await Store.RecordUseAsync([], Resolution, default));
    }

    [Fact]
    public async Task More_than_a_thousand_uses_are_refused()
    {
        var uses = Enumerable.Range(0, 1_001)
            .Select(_ => new PersonalAccessTokenUse(SampleTokens.Create(Owner).Id, Now, null)).ToList();

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

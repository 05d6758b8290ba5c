using Xunit;

namespace Pat.TestSupport;

public abstract partial class PersonalAccessTokenStoreContract
{
    [Fact]
    public async Task A_token_comes_back_as_it_was_stored_to_the_microsecond()
    {
        var token = await AddAsync(token =>
        {
            token.Name = "CI \"deploy\" {0} ' é 日本 🚀";
            token.Scopes = ["tasks:read", "tasks:write", "a,b", "{c}"];
            token.PreviousSecretHash = "$sha256$before";
            token.PreviousSecretTag = [8, 7, 6, 5, 4, 3, 2, 1];
            token.PreviousSecretExpiresAt = Now.AddMicroseconds(1);
            token.OwnerStamp = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
            token.SecretCreatedAt = Now.AddMicroseconds(2);
            token.CreatedAt = Now.AddMicroseconds(3);
            token.UpdatedAt = Now.AddMicroseconds(4);
            token.ExpiresAt = Now.AddMicroseconds(999_999);
            token.LastUsedAt = Now.AddMicroseconds(-1);
            token.LastUsedAddress = "2001:db8::/48";
            token.RevokedAt = Now.AddHours(1);
            token.RevokedReason = "leaked";
            token.Version = long.MaxValue;
        });

        await AssertStoredAsync(token);
        Assert.Equal(TimeSpan.Zero, (await FindAsync(token.Id))!.ExpiresAt!.Value.Offset);
    }

    [Fact]
    public async Task A_token_with_only_what_is_required_comes_back_as_it_was_stored() =>
        await AssertStoredAsync(await AddAsync(token => token.Scopes = []));

    [Fact]
    public async Task A_time_of_another_offset_comes_back_as_the_same_moment_in_UTC()
    {
        var token = await AddAsync(token => token.ExpiresAt = Now.AddDays(1).ToOffset(TimeSpan.FromHours(5.5)));

        await AssertStoredAsync(SampleTokens.Copy(token, expected => expected.ExpiresAt = Now.AddDays(1)));
    }

    [Fact]
    public async Task Tokens_are_found_by_their_ids_and_unknown_ids_are_left_out()
    {
        var first = await AddAsync();
        var second = await AddAsync(owner: OtherOwner);
        await AddAsync();
        var unknown = SampleTokens.Create(Owner).Id;

        var found = await Store.FindAsync([second.Id, unknown, first.Id, first.Id], default);

        Assert.Equal(new HashSet<Guid> { first.Id, second.Id }, found.Select(token => token.Id).ToHashSet());
        Assert.Equal(2, found.Count);
        Assert.Empty(await Store.FindAsync([], default));
    }

    [Fact]
    public async Task A_thousand_ids_are_looked_up_at_once()
    {
        var token = await AddAsync();
        Guid[] ids = [.. Enumerable.Range(0, 999).Select(_ => SampleTokens.Create(Owner).Id), token.Id];

        Assert.Equal(token.Id, Assert.Single(await Store.FindAsync(ids, default)).Id);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.FindAsync([.. ids, token.Id], default));
    }

    [Fact]
    public async Task What_was_found_is_the_callers_own_copy()
    {
        var token = await AddAsync();
        var found = await FindAsync(token.Id);
        found!.Name = "changed";
        found.Scopes.Add("admin");

        await AssertStoredAsync(token);
    }

    [Fact]
    public async Task An_id_that_exists_is_a_duplicate_and_the_stored_token_stays()
    {
        var token = await AddAsync();
        var sameId = SampleTokens.Create(Owner, second => second.Id = token.Id);
        var sameIdOfAnother = SampleTokens.Create(OtherOwner, second => second.Id = token.Id);

        Assert.Equal(PersonalAccessTokenWriteOutcome.Duplicate, await Store.AddAsync(sameId, Limits, AtNow, default));
        Assert.Equal(PersonalAccessTokenWriteOutcome.Duplicate, await Store.AddAsync(sameIdOfAnother, Limits, AtNow, default));
        await AssertStoredAsync(token);
    }

    [Fact]
    public async Task An_id_that_two_owners_choose_at_once_is_one_token_and_a_duplicate()
    {
        for (var round = 0; round < 10; round++)
        {
            var mine = SampleTokens.Create($"mine {round}");
            var theirs = SampleTokens.Create($"theirs {round}", token => token.Id = mine.Id);

            var outcomes = await Task.WhenAll(
                Task.Run(() => Store.AddAsync(mine, Limits, AtNow, default)),
                Task.Run(() => Store.AddAsync(theirs, Limits, AtNow, default)));

            Assert.Equal(
                [PersonalAccessTokenWriteOutcome.Done, PersonalAccessTokenWriteOutcome.Duplicate], outcomes.Order());
        }
    }

    [Fact]
    public async Task A_cancelled_caller_adds_nothing()
    {
        var token = SampleTokens.Create(Owner);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.AddAsync(token, Limits, AtNow, new CancellationToken(canceled: true)));
        Assert.Null(await FindAsync(token.Id));
    }
}

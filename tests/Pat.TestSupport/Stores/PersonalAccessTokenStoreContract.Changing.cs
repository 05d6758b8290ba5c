using Xunit;

namespace Pat.TestSupport;

public abstract partial class PersonalAccessTokenStoreContract
{
    [Fact]
    public async Task An_edit_writes_what_it_names_and_nothing_else()
    {
        var token = await AddAsync(token => token.LastUsedAt = Now.AddHours(-1));

        // Whatever else the caller's copy says is not written.
        var edited = SampleTokens.Copy(token, edited =>
        {
            edited.OwnerId = OtherOwner;
            edited.SecretHash = "other";
            edited.SecretTag = [0];
            edited.LastUsedAt = null;
            edited.CreatedAt = Now.AddDays(-1);
            edited.RevokedAt = Now;
            Edit(edited);
        });

        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.EditAsync(edited, AtNow, default));
        await AssertStoredAsync(SampleTokens.Copy(token, Edit));

        static void Edit(PersonalAccessToken token)
        {
            token.Name = "renamed";
            token.Scopes = ["tasks:read"];
            token.ExpiresAt = Now.AddDays(3);
            token.UpdatedAt = Now.AddSeconds(5);
            token.Version = 2;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_edit_of_another_version_is_not_applicable(long version)
    {
        var token = await AddAsync();

        Assert.Equal(
            PersonalAccessTokenWriteOutcome.NotApplicable,
            await Store.EditAsync(SampleTokens.Copy(token, edited => edited.Version = version), AtNow, default));
        await AssertStoredAsync(token);
    }

    [Fact]
    public async Task An_unknown_token_is_neither_edited_nor_rotated_nor_revoked()
    {
        var unknown = SampleTokens.Create(Owner, token => token.Version = 2);

        Assert.Equal(PersonalAccessTokenWriteOutcome.NotApplicable, await Store.EditAsync(unknown, AtNow, default));
        Assert.Equal(PersonalAccessTokenWriteOutcome.NotApplicable, await Store.RotateAsync(unknown, Limits, AtNow, default));
        Assert.Equal(PersonalAccessTokenWriteOutcome.NotApplicable, await Store.RevokeAsync(unknown.Id, Now, null, default));
        Assert.Null(await FindAsync(unknown.Id));
    }

    [Fact]
    public async Task Only_a_usable_token_is_edited_and_rotated()
    {
        var tokens = BoundaryTokens(SampleTokens.InactivityPeriod);
        await SeedAsync(tokens);
        foreach (var token in tokens)
        {
            var expected = AtNow.IsUsable(token)
                ? PersonalAccessTokenWriteOutcome.Done
                : PersonalAccessTokenWriteOutcome.NotApplicable;
            var edited = SampleTokens.Copy(token, edited => edited.Version = 2);
            var rotated = SampleTokens.Copy(token, rotated => rotated.Version = AtNow.IsUsable(token) ? 3 : 2);

            Assert.Equal(expected, await Store.EditAsync(edited, AtNow, default));
            Assert.Equal(expected, await Store.RotateAsync(rotated, Unlimited, AtNow, default));
        }
    }

    [Fact]
    public async Task Of_many_edits_of_one_version_at_once_exactly_one_is_done()
    {
        var token = await AddAsync();
        var edits = Enumerable.Range(0, 16)
            .Select(i => SampleTokens.Copy(token, edited => (edited.Name, edited.Version) = ($"edit {i}", 2)))
            .ToList();

        var outcomes = await Task.WhenAll(edits.Select(edited => Task.Run(() => Store.EditAsync(edited, AtNow, default))));

        Assert.Single(outcomes, PersonalAccessTokenWriteOutcome.Done);
        await AssertStoredAsync(edits[Array.IndexOf(outcomes, PersonalAccessTokenWriteOutcome.Done)]);
    }

    [Fact]
    public async Task A_revocation_beats_edits_and_uses_that_run_beside_it_and_is_final()
    {
        for (var round = 0; round < 20; round++)
        {
            var token = await AddAsync();
            var edited = SampleTokens.Copy(token, edited => (edited.Name, edited.Version) = ("edited", 2));
            var use = new PersonalAccessTokenUse(token.Id, Now.AddSeconds(1), "192.0.2.0/24");

            var revoked = Task.Run(() => Store.RevokeAsync(token.Id, Now, "lost", default));
            await Task.WhenAll(
                Task.Run(() => Store.EditAsync(edited, AtNow, default)),
                Task.Run(() => Store.RecordUseAsync([use], TimeSpan.Zero, default)),
                revoked);
            await Store.RecordUseAsync([use with { UsedAt = Now.AddDays(1) }], TimeSpan.Zero, default);

            var stored = (await FindAsync(token.Id))!;
            Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await revoked);
            Assert.Equal(Now, stored.RevokedAt);
            Assert.Null(stored.LastUsedAddress);
            Assert.NotEqual(Now.AddDays(1), stored.LastUsedAt);
            Assert.Equal(stored.Name == "edited" ? 3 : 2, stored.Version);
            Assert.Equal(
                PersonalAccessTokenWriteOutcome.NotApplicable,
                await Store.EditAsync(SampleTokens.Copy(stored, next => next.Version++), AtNow, default));
        }
    }

    [Fact]
    public async Task A_revocation_says_when_and_why_counts_as_a_version_and_forgets_the_address()
    {
        var token = await AddAsync(token => (token.LastUsedAt, token.LastUsedAddress) = (Now, "192.0.2.0/24"));
        var bystander = await AddAsync();

        Assert.Equal(
            PersonalAccessTokenWriteOutcome.Done, await Store.RevokeAsync(token.Id, Now.AddMinutes(1), "lost laptop", default));

        var expected = SampleTokens.Copy(token, revoked =>
        {
            revoked.RevokedAt = Now.AddMinutes(1);
            revoked.RevokedReason = "lost laptop";
            revoked.UpdatedAt = Now.AddMinutes(1);
            revoked.LastUsedAddress = null;
            revoked.Version = 2;
        });
        await AssertStoredAsync(expected);
        await AssertStoredAsync(bystander);
        Assert.Equal(
            PersonalAccessTokenWriteOutcome.NotApplicable, await Store.RevokeAsync(token.Id, Now.AddMinutes(2), "again", default));
        await AssertStoredAsync(expected);
    }

    [Fact]
    public async Task Of_many_revocations_at_once_exactly_one_is_done()
    {
        var token = await AddAsync();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => Store.RevokeAsync(token.Id, Now, null, default))));

        Assert.Single(outcomes, PersonalAccessTokenWriteOutcome.Done);
        Assert.Equal(2, (await FindAsync(token.Id))!.Version);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_of_an_owners_tokens_are_revoked_but_the_one_that_is_kept(bool keepOne)
    {
        var kept = await AddAsync();
        var dead = await AddAsync(token => token.RevokedAt = Now.AddDays(-1));
        var expired = await AddAsync(token => token.ExpiresAt = Now.AddDays(-1));
        var others = await AddAsync(owner: OtherOwner);

        var count = await Store.RevokeAllAsync(Owner, keepOne ? kept.Id : null, Now, "signed out everywhere", default);

        Assert.Equal(keepOne ? 1 : 2, count);
        Assert.Equal(keepOne ? null : Now, (await FindAsync(kept.Id))!.RevokedAt);
        Assert.Equal("signed out everywhere", (await FindAsync(expired.Id))!.RevokedReason);
        await AssertStoredAsync(dead);
        await AssertStoredAsync(others);
    }

    [Fact]
    public async Task A_hash_is_replaced_only_while_it_is_the_one_that_was_read()
    {
        var token = await AddAsync();

        Assert.False(await Store.ReplaceHashAsync(token.Id, "another", "better", default));
        await AssertStoredAsync(token);
        Assert.True(await Store.ReplaceHashAsync(token.Id, token.SecretHash, "better", default));
        await AssertStoredAsync(SampleTokens.Copy(token, rehashed => rehashed.SecretHash = "better"));
    }
}

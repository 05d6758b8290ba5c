using Xunit;

namespace Pat.TestSupport;

public abstract partial class PersonalAccessTokenStoreContract
{
    [Fact]
    public async Task A_check_of_the_limits_finds_what_a_write_would()
    {
        var limits = Limits with { UsableTokens = 2, SecretsPerWindow = 3 };
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await CheckAsync(isNewToken: true));
        await AddAsync(owner: "alice");
        var second = await AddAsync(owner: "alice");

        Assert.Equal(PersonalAccessTokenWriteOutcome.TooManyTokens, await CheckAsync(isNewToken: true));
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await CheckAsync(isNewToken: false));
        await Store.RevokeAsync(second.Id, Now, null, default);
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await CheckAsync(isNewToken: true));
        await AddAsync(owner: "alice");
        Assert.Equal(PersonalAccessTokenWriteOutcome.TooManySecrets, await CheckAsync(isNewToken: false));

        Task<PersonalAccessTokenWriteOutcome> CheckAsync(bool isNewToken) =>
            Store.CheckLimitsAsync("alice", isNewToken, limits, AtNow, default);
    }

    [Fact]
    public async Task Only_the_owners_usable_tokens_count_towards_the_limit()
    {
        var limits = Limits with { UsableTokens = 1 };
        await AddAsync(token => token.RevokedAt = Now);
        await AddAsync(token => token.ExpiresAt = Now);
        await AddAsync(token => token.CreatedAt = Now - SampleTokens.InactivityPeriod);
        await AddAsync(owner: OtherOwner);

        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await AddNextAsync(limits, Now));
        Assert.Equal(PersonalAccessTokenWriteOutcome.TooManyTokens, await AddNextAsync(limits, Now));
    }

    [Fact]
    public async Task A_token_that_is_past_the_limit_is_added_once_another_is_revoked()
    {
        var limits = Limits with { UsableTokens = 1 };
        var first = await AddAsync();
        Assert.Equal(PersonalAccessTokenWriteOutcome.TooManyTokens, await AddNextAsync(limits, Now));

        await Store.RevokeAsync(first.Id, Now, null, default);

        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await AddNextAsync(limits, Now));
    }

    [Fact]
    public async Task Secrets_are_counted_in_a_window_that_the_first_one_after_the_last_window_starts()
    {
        var limits = new PersonalAccessTokenLimits(50, 2, TimeSpan.FromHours(24));
        var lastOfWindow = Now.AddHours(24).AddMicroseconds(-1);
        var next = Now.AddHours(30);

        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await AddNextAsync(limits, Now));
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await AddNextAsync(limits, Now.AddHours(23)));
        Assert.Equal(PersonalAccessTokenWriteOutcome.TooManySecrets, await AddNextAsync(limits, lastOfWindow));
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await AddNextAsync(limits, next));
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await AddNextAsync(limits, next.AddHours(23)));
        Assert.Equal(PersonalAccessTokenWriteOutcome.TooManySecrets, await AddNextAsync(limits, next.AddHours(23)));
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await AddNextAsync(limits, next.AddHours(24)));
    }

    [Fact]
    public async Task A_rotation_counts_as_a_secret_and_is_refused_when_none_is_left()
    {
        var limits = Limits with { SecretsPerWindow = 2 };
        var token = SampleTokens.Create(Owner);
        await Store.AddAsync(SampleTokens.Copy(token), limits, AtNow, default);
        var rotated = SampleTokens.Copy(token, Rotate);
        rotated.PreviousSecretExpiresAt = null;

        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.RotateAsync(rotated, limits, AtNow, default));
        Assert.Equal(
            PersonalAccessTokenWriteOutcome.TooManySecrets,
            await Store.RotateAsync(SampleTokens.Copy(rotated, again => Rotate(again, 2)), limits, AtNow, default));
        await AssertStoredAsync(rotated);
    }

    [Fact]
    public async Task Where_an_owner_may_make_no_secrets_none_is_made()
    {
        var limits = Limits with { SecretsPerWindow = 0 };

        Assert.Equal(PersonalAccessTokenWriteOutcome.TooManySecrets, await AddNextAsync(limits, Now));
        Assert.Equal(PersonalAccessTokenWriteOutcome.TooManySecrets, await AddNextAsync(limits, Now.AddDays(2)));
    }

    [Fact]
    public async Task What_is_refused_is_not_counted()
    {
        var limits = new PersonalAccessTokenLimits(1, 2, TimeSpan.FromHours(24));
        var token = SampleTokens.Create(Owner);
        await Store.AddAsync(SampleTokens.Copy(token), limits, AtNow, default);

        Assert.Equal(
            PersonalAccessTokenWriteOutcome.Duplicate,
            await Store.AddAsync(SampleTokens.Copy(token), limits with { UsableTokens = 2 }, AtNow, default));
        Assert.Equal(PersonalAccessTokenWriteOutcome.TooManyTokens, await AddNextAsync(limits, Now));
        Assert.Equal(
            PersonalAccessTokenWriteOutcome.Done, await Store.RotateAsync(SampleTokens.Copy(token, Rotate), limits, AtNow, default));
    }

    [Fact]
    public async Task A_rotation_that_comes_too_late_is_counted()
    {
        var limits = new PersonalAccessTokenLimits(1, 3, TimeSpan.FromHours(24));
        var token = SampleTokens.Create(Owner);
        await Store.AddAsync(SampleTokens.Copy(token), limits, AtNow, default);
        var stale = SampleTokens.Copy(token, stale => stale.Version = 7);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(PersonalAccessTokenWriteOutcome.NotApplicable, await Store.RotateAsync(stale, limits, AtNow, default));
        }

        Assert.Equal(
            PersonalAccessTokenWriteOutcome.TooManySecrets, await Store.RotateAsync(SampleTokens.Copy(token, Rotate), limits, AtNow, default));
    }
}

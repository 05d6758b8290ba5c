using Xunit;

namespace Pat.TestSupport;

public abstract partial class PersonalAccessTokenStoreContract
{
    [Fact]
    public async Task A_rotation_with_an_overlap_keeps_the_secret_that_is_in_the_row_as_the_previous_one()
    {
        var token = await AddAsync();
        await Store.ReplaceHashAsync(token.Id, token.SecretHash, "rehashed meanwhile", default);
        var rotated = SampleTokens.Copy(token, rotated =>
        {
            Rotate(rotated);
            rotated.PreviousSecretHash = "what the caller read";
            rotated.PreviousSecretTag = [0];
            rotated.PreviousSecretExpiresAt = Now.AddHours(1);
            rotated.Name = "not written";
            rotated.Scopes = ["not written"];
        });

        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.RotateAsync(rotated, Limits, AtNow, default));

        await AssertStoredAsync(SampleTokens.Copy(token, expected =>
        {
            Rotate(expected);
            expected.PreviousSecretHash = "rehashed meanwhile";
            expected.PreviousSecretTag = token.SecretTag;
            expected.PreviousSecretExpiresAt = Now.AddHours(1);
        }));
    }

    [Fact]
    public async Task A_rotation_without_an_overlap_ends_the_one_before()
    {
        var token = await AddAsync(token =>
        {
            token.PreviousSecretHash = "older";
            token.PreviousSecretTag = [1];
            token.PreviousSecretExpiresAt = Now.AddHours(1);
        });
        var rotated = SampleTokens.Copy(token, rotated =>
        {
            Rotate(rotated);
            rotated.PreviousSecretHash = null;
            rotated.PreviousSecretTag = null;
            rotated.PreviousSecretExpiresAt = null;
        });

        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.RotateAsync(rotated, Limits, AtNow, default));
        await AssertStoredAsync(rotated);
    }

    [Fact]
    public async Task Of_many_rotations_of_one_version_at_once_exactly_one_is_done_and_all_are_counted()
    {
        var token = SampleTokens.Create(Owner);
        await Store.AddAsync(token, Limits, AtNow, default);
        var limits = Limits with { SecretsPerWindow = 18 };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
            Store.RotateAsync(SampleTokens.Copy(token, rotated => Rotate(rotated, i)), limits, AtNow, default))));

        Assert.Single(outcomes, PersonalAccessTokenWriteOutcome.Done);
        Assert.Equal(15, outcomes.Count(outcome => outcome == PersonalAccessTokenWriteOutcome.NotApplicable));
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.AddAsync(SampleTokens.Create(Owner), limits, AtNow, default));
        Assert.Equal(
            PersonalAccessTokenWriteOutcome.TooManySecrets, await Store.AddAsync(SampleTokens.Create(Owner), limits, AtNow, default));
    }
}

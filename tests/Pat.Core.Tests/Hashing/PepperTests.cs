namespace Pat.Core.Tests;

public sealed class PepperTests
{
    private static readonly string Token = PersonalAccessTokenFormat.Create("pat", Guid.Empty);

    public static TheoryData<PersonalAccessTokenHashAlgorithm> Algorithms => [.. Enum.GetValues<PersonalAccessTokenHashAlgorithm>()];

    [Theory, MemberData(nameof(Algorithms))]
    public async Task A_hash_names_the_last_key_and_matches_with_it(PersonalAccessTokenHashAlgorithm algorithm)
    {
        var hasher = With(algorithm, "a", "b");
        var stored = await hasher.HashAsync(Token);

        Assert.Contains("keyid=b$", stored, StringComparison.Ordinal);
        Assert.Equal(SecretVerdict.Match, await hasher.VerifyAsync(Token, stored));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public async Task A_hash_of_a_former_key_matches_while_the_key_is_there(PersonalAccessTokenHashAlgorithm algorithm)
    {
        var stored = await With(algorithm, "a").HashAsync(Token);

        Assert.Equal(SecretVerdict.Match, await With(algorithm, "a", "b").VerifyAsync(Token, stored));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public async Task A_hash_of_a_key_that_is_not_there_cannot_be_judged(PersonalAccessTokenHashAlgorithm algorithm)
    {
        var stored = await With(algorithm, "a").HashAsync(Token);

        Assert.Equal(SecretVerdict.UnknownKey, await With(algorithm, "b").VerifyAsync(Token, stored));
        Assert.Equal(SecretVerdict.UnknownKey, await With(algorithm, "A").VerifyAsync(Token, stored));
        Assert.Equal(SecretVerdict.UnknownKey, await With(algorithm).VerifyAsync(Token, stored));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public async Task A_hash_does_not_match_under_another_key_of_the_same_name(PersonalAccessTokenHashAlgorithm algorithm)
    {
        var stored = await With(algorithm, "1a").HashAsync(Token);

        Assert.Equal(
            SecretVerdict.Mismatch,
            await With(algorithm, "1b").VerifyAsync(Token, stored.Replace("keyid=1a", "keyid=1b", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public async Task A_hash_without_a_key_still_matches_where_there_are_keys(PersonalAccessTokenHashAlgorithm algorithm)
    {
        var stored = await With(algorithm).HashAsync(Token);

        Assert.Equal(SecretVerdict.Match, await With(algorithm, "a").VerifyAsync(Token, stored));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public async Task That_a_key_is_not_there_is_known_once_a_hash_named_it(PersonalAccessTokenHashAlgorithm algorithm)
    {
        var (known, unknown) = (await With(algorithm, "a").HashAsync(Token), await With(algorithm, "b").HashAsync(Token));
        var hasher = With(algorithm, "a");

        await hasher.VerifyAsync(Token, known);
        Assert.False(hasher.HasMetUnknownKey);

        await hasher.VerifyAsync(Token, unknown);
        await hasher.VerifyAsync(Token, known);
        Assert.True(hasher.HasMetUnknownKey);
    }

    private static SecretHasher With(PersonalAccessTokenHashAlgorithm algorithm, params string[] keyIds) =>
        SecretHashers.With(options =>
        {
            SecretHashers.Small(options);
            options.Algorithm = algorithm;
            foreach (var keyId in keyIds)
            {
                options.Peppers.Add(SecretHashers.Pepper(keyId));
            }
        });
}

namespace Pat.Core.Tests;

public sealed class OutdatedHashTests
{
    private const string Tag = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    // Configured: m=64, t=2, and the keys a and b, in this order.
    [Theory]
    [InlineData("m=64,t=2,p=1,keyid=b", false, "as configured")]
    [InlineData("m=128,t=1,p=1,keyid=b", false, "the same cost, spent otherwise")]
    [InlineData("m=64,t=2,p=4,keyid=b", false, "the same cost in more lanes")]
    [InlineData("m=63,t=2,p=1,keyid=b", true, "less memory")]
    [InlineData("m=64,t=1,p=1,keyid=b", true, "fewer passes")]
    [InlineData("m=65,t=2,p=1,keyid=b", false, "more memory")]
    [InlineData("m=64,t=3,p=1,keyid=b", false, "more passes")]
    [InlineData("m=64,t=2,p=1,keyid=a", true, "a former key")]
    [InlineData("m=64,t=2,p=1", true, "no key")]
    [InlineData("m=128,t=2,p=1,keyid=a", false, "a former key, but a greater cost")]
    [InlineData("m=128,t=2,p=1", false, "no key, but a greater cost")]
    [InlineData("m=257,t=1,p=1", false, "more than may be asked for")]
    public void An_Argon2id_hash_is_outdated_only_where_a_new_one_is_stronger(string parameters, bool isOutdated, string why) =>
        Assert.True(isOutdated == Configured(PersonalAccessTokenHashAlgorithm.Argon2id).IsOutdated(
            $"$argon2id$v=19${parameters}$AAAAAAAAAAAAAAAAAAAAAA${Tag}"), why);

    [Theory]
    [InlineData("$sha256$" + Tag)]
    [InlineData("$hmac-sha256$keyid=a$" + Tag)]
    [InlineData("$hmac-sha256$keyid=b$" + Tag)]
    public void Every_Sha256_hash_is_outdated_where_Argon2id_is_configured(string stored) =>
        Assert.True(Configured(PersonalAccessTokenHashAlgorithm.Argon2id).IsOutdated(stored));

    [Theory]
    [InlineData("$sha256$" + Tag, true)]
    [InlineData("$hmac-sha256$keyid=a$" + Tag, true)]
    [InlineData("$hmac-sha256$keyid=b$" + Tag, false)]
    [InlineData("$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + Tag, false)]
    [InlineData("$argon2id$v=19$m=8,t=1,p=1,keyid=a$AAAAAAAAAAAAAAAAAAAAAA$" + Tag, false)]
    public void Where_Sha256_is_configured_only_the_key_counts_and_Argon2id_stays(string stored, bool isOutdated) =>
        Assert.Equal(isOutdated, Configured(PersonalAccessTokenHashAlgorithm.Sha256).IsOutdated(stored));

    [Fact]
    public void Without_keys_an_unkeyed_hash_is_up_to_date() =>
        Assert.False(SecretHashers.With(SecretHashers.Sha256).IsOutdated("$sha256$" + Tag));

    [Fact]
    public void What_is_no_hash_is_not_outdated() => Assert.False(SecretHashers.With().IsOutdated("$bcrypt$x"));

    private static SecretHasher Configured(PersonalAccessTokenHashAlgorithm algorithm) =>
        SecretHashers.With(options =>
        {
            (options.Algorithm, options.MemoryKib, options.Iterations) = (algorithm, 64, 2);
            options.Peppers.Add(SecretHashers.Pepper("a"));
            options.Peppers.Add(SecretHashers.Pepper("b"));
        });
}

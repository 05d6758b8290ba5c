using System.Security.Cryptography;
using System.Text;

namespace Pat.Core.Tests;

public sealed class SecretHasherTests
{
    private static readonly string Token = PersonalAccessTokenFormat.Create("pat", Guid.Empty);

    [Fact]
    public async Task The_default_is_Argon2id_at_the_documented_cost() =>
        Assert.StartsWith(
            "$argon2id$v=19$m=19456,t=2,p=1$", await SecretHashers.With().HashAsync(Token), StringComparison.Ordinal);

    [Fact]
    public async Task Two_hashes_of_one_token_have_salts_of_their_own()
    {
        var hasher = SecretHashers.With(SecretHashers.Small);

        Assert.NotEqual(await hasher.HashAsync(Token), await hasher.HashAsync(Token));
    }

    [Fact]
    public async Task A_salt_has_16_bytes_and_a_tag_32()
    {
        Assert.True(StoredHash.TryParse(await SecretHashers.With(SecretHashers.Small).HashAsync(Token), 64, out var hash));

        Assert.Equal((16, 32), (hash!.Salt.Length, hash.Tag.Length));
    }

    [Fact]
    public async Task Sha256_is_the_digest_of_the_whole_token() =>
        Assert.Equal(
            "$sha256$" + Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(Token))).TrimEnd('='),
            await SecretHashers.With(SecretHashers.Sha256).HashAsync(Token));

    [Fact]
    public async Task A_peppered_Sha256_is_an_HMAC_that_names_its_key()
    {
        var pepper = SecretHashers.Pepper("2026-a");
        var hasher = SecretHashers.With(options =>
        {
            SecretHashers.Sha256(options);
            options.Peppers.Add(pepper);
        });

        Assert.Equal(
            "$hmac-sha256$keyid=2026-a$"
                + Convert.ToBase64String(HMACSHA256.HashData(pepper.Key, Encoding.ASCII.GetBytes(Token))).TrimEnd('='),
            await hasher.HashAsync(Token));
    }

    [Theory]
    [InlineData(PersonalAccessTokenHashAlgorithm.Argon2id)]
    [InlineData(PersonalAccessTokenHashAlgorithm.Sha256)]
    public async Task A_hash_moved_to_another_token_does_not_match(PersonalAccessTokenHashAlgorithm algorithm)
    {
        var hasher = SecretHashers.With(options =>
        {
            SecretHashers.Small(options);
            options.Algorithm = algorithm;
        });
        var stored = await hasher.HashAsync(Token);

        // The same secret under another id: what a thief of the table would build.
        var moved = Token.Replace(PersonalAccessTokenFormat.FormatId(Guid.Empty), PersonalAccessTokenFormat.FormatId(Guid.AllBitsSet), StringComparison.Ordinal);

        Assert.Equal(SecretVerdict.Match, await hasher.VerifyAsync(Token, stored));
        Assert.Equal(SecretVerdict.Mismatch, await hasher.VerifyAsync(moved, stored));
    }

    [Fact]
    public async Task Either_algorithm_verifies_whatever_the_default_is()
    {
        var argon2id = SecretHashers.With(SecretHashers.Small);
        var sha256 = SecretHashers.With(SecretHashers.Sha256);

        Assert.Equal(SecretVerdict.Match, await argon2id.VerifyAsync(Token, await sha256.HashAsync(Token)));
        Assert.Equal(SecretVerdict.Match, await sha256.VerifyAsync(Token, await argon2id.HashAsync(Token)));
    }

    [Fact]
    public async Task A_hash_may_ask_for_four_times_the_configured_memory_and_no_more()
    {
        var stored = await SecretHashers.With(options => (options.MemoryKib, options.Iterations) = (256, 1)).HashAsync(Token);

        Assert.Equal(SecretVerdict.Match, await WithMemory(64).VerifyAsync(Token, stored));
        Assert.Equal(SecretVerdict.Unreadable, await WithMemory(63).VerifyAsync(Token, stored));
    }

    [Theory]
    [InlineData(256, SecretVerdict.Match)]
    [InlineData(255, SecretVerdict.Unreadable)]
    public async Task Or_as_much_as_is_said_where_that_was_lowered_further(int maxStoredMemoryKib, object verdict)
    {
        var stored = await SecretHashers.With(options => (options.MemoryKib, options.Iterations) = (256, 1)).HashAsync(Token);
        var lowered = SecretHashers.With(options => (options.MemoryKib, options.MaxStoredMemoryKib) = (8, maxStoredMemoryKib));

        Assert.Equal(verdict, await lowered.VerifyAsync(Token, stored));
    }

    private static SecretHasher WithMemory(int memoryKib) => SecretHashers.With(options => options.MemoryKib = memoryKib);
}

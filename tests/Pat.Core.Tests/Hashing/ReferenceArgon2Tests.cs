using System.Text;

namespace Pat.Core.Tests;

public sealed class ReferenceArgon2Tests
{
    private static readonly string Token = PersonalAccessTokenFormat.Create("pat", Guid.Empty);

    [Fact]
    public async Task A_hash_made_here_verifies_with_the_reference_implementation() =>
        Assert.True(await ReferenceArgon2.VerifiesAsync(await SecretHashers.With().HashAsync(Token), Token));

    [Fact]
    public async Task A_hash_of_several_lanes_made_here_verifies_with_the_reference_implementation()
    {
        var hasher = SecretHashers.With(options => (options.MemoryKib, options.Iterations, options.Parallelism) = (256, 3, 4));

        Assert.True(await ReferenceArgon2.VerifiesAsync(await hasher.HashAsync(Token), Token));
    }

    [Theory]
    [InlineData(19_456, 2, 1)]
    [InlineData(64, 1, 1)]
    [InlineData(1_024, 4, 4)]
    public async Task A_hash_made_by_the_reference_implementation_verifies_here(int memoryKib, int iterations, int parallelism)
    {
        var hash = await ReferenceArgon2.HashAsync(Token, memoryKib, iterations, parallelism);

        Assert.Equal(SecretVerdict.Match, await SecretHashers.With().VerifyAsync(Token, hash));
    }

    [Fact]
    public async Task A_peppered_hash_has_the_tag_that_the_reference_implementation_computes()
    {
        var pepper = SecretHashers.Pepper("key-a");
        var hasher = SecretHashers.With(options =>
        {
            SecretHashers.Small(options);
            options.Peppers.Add(pepper);
        });
        Assert.True(StoredHash.TryParse(await hasher.HashAsync(Token), 64, out var hash));

        var expected = await ReferenceArgon2.RawTagAsync(Encoding.ASCII.GetBytes(Token), hash!.Salt, pepper.Key, 64, 1, 1);

        Assert.Equal(expected, Convert.ToHexStringLower(hash.Tag));
    }
}

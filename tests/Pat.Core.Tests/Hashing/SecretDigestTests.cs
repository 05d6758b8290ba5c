using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Pat.Core.Tests;

public sealed class SecretDigestTests
{
    private static readonly string Token = PersonalAccessTokenFormat.Create("pat", Guid.Empty);

    [Fact]
    public void The_tag_is_the_first_8_bytes_of_SHA_256_of_the_token()
    {
        var expected = SHA256.HashData(Encoding.ASCII.GetBytes(Token))[..8];

        Assert.Equal(expected, SecretDigest.Of(Token).ToTag());
        Assert.Equal(SecretDigest.Of(Token).Tag, SecretDigest.ReadTag(expected));
    }

    [Fact]
    public void A_tag_with_any_bit_changed_or_of_another_length_is_not_the_tokens()
    {
        var digest = SecretDigest.Of(Token);
        var tag = digest.ToTag();

        for (var bit = 0; bit < 64; bit++)
        {
            var changed = tag.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(digest.Tag, SecretDigest.ReadTag(changed));
        }

        Assert.Null(SecretDigest.ReadTag(tag.AsSpan(0, 7)));
        Assert.Null(SecretDigest.ReadTag([.. tag, 0]));
        Assert.Null(SecretDigest.ReadTag([]));
    }

    [Fact]
    public void Digests_are_equal_where_the_tokens_are()
    {
        var other = PersonalAccessTokenFormat.Create("pat", Guid.Empty);

        Assert.Equal(SecretDigest.Of(Token), SecretDigest.Of(Token.ToCharArray()));
        Assert.NotEqual(SecretDigest.Of(Token), SecretDigest.Of(other));
    }

    [Fact]
    public void Digests_that_differ_in_any_one_bit_are_not_equal()
    {
        var bytes = SHA256.HashData(Encoding.ASCII.GetBytes(Token));
        var digest = MemoryMarshal.Read<SecretDigest>(bytes);
        Assert.True(digest.Equals((object)MemoryMarshal.Read<SecretDigest>(bytes)));

        for (var bit = 0; bit < 256; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(digest.Equals(MemoryMarshal.Read<SecretDigest>(changed)), $"Bit {bit} makes no difference.");
        }

        Assert.False(digest.Equals(Token));
    }

    [Fact]
    public void Digests_that_are_equal_have_one_hash_code_and_others_nearly_always_another()
    {
        Assert.Equal(SecretDigest.Of(Token).GetHashCode(), SecretDigest.Of(Token).GetHashCode());
        Assert.InRange(
            Enumerable.Range(0, 100).Select(_ => SecretDigest.Of(PersonalAccessTokenFormat.Create("pat", Guid.Empty)).GetHashCode()).Distinct().Count(),
            99,
            100);
    }

    [Fact]
    public void Computing_a_digest_allocates_nothing() => NoAllocation.In(() => _ = SecretDigest.Of(Token));
}

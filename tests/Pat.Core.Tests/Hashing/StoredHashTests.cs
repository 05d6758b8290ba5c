using CsCheck;

namespace Pat.Core.Tests;

public sealed class StoredHashTests
{
    private const int MaxMemoryKib = 4 * 19_456;
    private const string Tag = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Theory]
    [InlineData("m=77824,t=2,p=1")]
    [InlineData("m=8,t=1,p=1")]
    [InlineData("m=128,t=10,p=16")]
    [InlineData("m=19456,t=2,p=1,keyid=a")]
    [InlineData("m=19456,t=2,p=1,keyid=abcXYZ019/+.-0123456789012345678")]
    public void Parameters_at_their_bounds_are_read(string parameters) => AssertReadable($"$argon2id$v=19${parameters}${Salt(16)}${Tag}");

    [Theory]
    [InlineData("m=77825,t=2,p=1")]
    [InlineData("m=7,t=1,p=1")]
    [InlineData("m=127,t=1,p=16")]
    [InlineData("m=0,t=1,p=1")]
    [InlineData("m=136,t=1,p=17")]
    [InlineData("m=136,t=1,p=0")]
    [InlineData("m=19456,t=11,p=1")]
    [InlineData("m=19456,t=0,p=1")]
    [InlineData("m=4294967304,t=1,p=1")]
    [InlineData("m=2147483648,t=1,p=1")]
    [InlineData("m=99999999999999999999,t=1,p=1")]
    [InlineData("m=+64,t=1,p=1")]
    [InlineData("m=-64,t=1,p=1")]
    [InlineData("m= 64,t=1,p=1")]
    [InlineData("m=64 ,t=1,p=1")]
    [InlineData("m=64\0,t=1,p=1")]
    [InlineData("m=64,t=1,p=1\0")]
    [InlineData("m=064,t=1,p=1")]
    [InlineData("m=64,t=01,p=1")]
    [InlineData("m=64,t=1,p=01")]
    [InlineData("m=6.4,t=1,p=1")]
    [InlineData("m=6e2,t=1,p=1")]
    [InlineData("m=0x40,t=1,p=1")]
    [InlineData("m=\u0666\u0664,t=1,p=1")]
    [InlineData("M=64,t=1,p=1")]
    [InlineData("m=,t=1,p=1")]
    [InlineData("m=64,t=1")]
    [InlineData("m=64,t=1,p=1,")]
    [InlineData("m=64,p=1,t=1")]
    [InlineData("m=64,m=64,t=1,p=1")]
    [InlineData("m=64,t=1,p=1,keyid=")]
    [InlineData("m=64,t=1,p=1,keyid=a,keyid=b")]
    [InlineData("m=64,t=1,p=1,keyid=a b")]
    [InlineData("m=64,t=1,p=1,keyid=a_b")]
    [InlineData("m=64,t=1,p=1,keyid=\u00e4")]
    [InlineData("m=64,t=1,p=1,keyid=012345678901234567890123456789012")]
    [InlineData("m=64,t=1,p=1,data=AAAA")]
    [InlineData("keyid=a,m=64,t=1,p=1")]
    public void Parameters_beyond_their_bounds_or_of_another_form_are_refused(string parameters) =>
        AssertUnreadable($"$argon2id$v=19${parameters}${Salt(16)}${Tag}");

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(64)]
    public void A_salt_of_8_to_64_bytes_is_read(int length) => AssertReadable($"$argon2id$v=19$m=64,t=1,p=1${Salt(length)}${Tag}");

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(65)]
    public void A_salt_of_any_other_length_is_refused(int length) => AssertUnreadable($"$argon2id$v=19$m=64,t=1,p=1${Salt(length)}${Tag}");

    [Theory]
    [InlineData("$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$")]
    [InlineData("$sha256$")]
    [InlineData("$hmac-sha256$keyid=a$")]
    public void A_tag_of_32_bytes_is_read_and_any_other_refused(string start)
    {
        AssertReadable(start + Salt(32));
        AssertUnreadable(start + Salt(31));
        AssertUnreadable(start + Salt(33));
        AssertUnreadable(start);
    }

    [Theory]
    [InlineData("$sha256$" + Tag + "=")]
    [InlineData("$sha256$" + Tag + "$")]
    [InlineData("$sha256$" + Tag + "\n")]
    [InlineData("$sha256$" + Tag + " ")]
    [InlineData("$sha256$ " + Tag)]
    [InlineData(" $sha256$" + Tag)]
    [InlineData("$$sha256$" + Tag)]
    [InlineData("sha256$" + Tag)]
    [InlineData("$SHA256$" + Tag)]
    [InlineData("$sha256$keyid=a$" + Tag)]
    [InlineData("$hmac-sha256$" + Tag)]
    [InlineData("$hmac-sha256$a$" + Tag)]
    [InlineData("$hmac-sha256$keyid=$" + Tag)]
    [InlineData("$hmac-sha256$KEYID=a$" + Tag)]
    [InlineData("$hmac-sha256$keyid=a$b$" + Tag)]
    [InlineData("$sha256$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_")]
    [InlineData("$sha256$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-")]
    [InlineData("$sha256$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("$sha256$AAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + Tag)]
    [InlineData("$argon2id$v=16$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + Tag)]
    [InlineData("$argon2id$v=019$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + Tag)]
    [InlineData("$argon2d$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + Tag)]
    [InlineData("$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAB$" + Tag)]
    [InlineData("$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + Tag + "$")]
    [InlineData("$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + Tag + "$x")]
    [InlineData("$")]
    [InlineData("$$")]
    public void Any_other_form_is_refused(string text) => AssertUnreadable(text);

    [Fact]
    public void Nothing_is_refused() => AssertUnreadable(null);

    [Fact]
    public void A_text_over_512_characters_is_refused() => AssertUnreadable("$sha256$" + new string('A', 505));

    [Fact]
    public void Garbage_is_refused_without_an_exception() =>
        Gen.Char["$=,avmtpkeyid1906-sh25rgonAB \ud800"].Array[0, 120]
            .Select(characters => "$argon2id$v=19$m=64,t=1,p=1$" + new string(characters))
            .Sample(text => !StoredHash.TryParse(text, MaxMemoryKib, out _), iter: 10_000);

    [Fact]
    public void What_is_written_is_read_again() =>
        Gen.Select(
            Gen.Int[1, 10], Gen.Int[1, 16], Gen.Byte.Array[8, 64], Gen.Byte.Array[32], Gen.Bool).Sample(
            (iterations, parallelism, salt, tag, hasKey) =>
            {
                var text = new StoredHash(
                    PersonalAccessTokenHashAlgorithm.Argon2id, hasKey ? "k/1" : null, 8 * parallelism, iterations, parallelism, salt, tag)
                    .ToString();
                return StoredHash.TryParse(text, MaxMemoryKib, out var read)
                    && read!.ToString() == text
                    && read.Salt.SequenceEqual(salt)
                    && read.Tag.SequenceEqual(tag)
                    && (read.KeyId is not null) == hasKey;
            },
            iter: 2_000);

    private static string Salt(int length) => Convert.ToBase64String(new byte[length]).TrimEnd('=');

    private static void AssertReadable(string text)
    {
        Assert.True(StoredHash.TryParse(text, MaxMemoryKib, out var hash), text);
        Assert.Equal(text, hash!.ToString());
    }

    private static void AssertUnreadable(string? text)
    {
        Assert.False(StoredHash.TryParse(text, MaxMemoryKib, out var hash), text);
        Assert.Null(hash);
    }
}

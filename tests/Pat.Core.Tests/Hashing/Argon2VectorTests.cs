using Konscious.Security.Cryptography;

namespace Pat.Core.Tests;

public sealed class Argon2VectorTests
{
    private const int MaxMemoryKib = 4 * 19_456;

    public static TheoryData<string> PhcStrings => [.. Argon2Vectors.All.Phc.Select(vector => vector.Phc)];

    public static TheoryData<string> MalformedStrings => [.. Argon2Vectors.All.Malformed];

    [Fact]
    public async Task The_vector_of_RFC_9106_comes_out_with_key_and_associated_data()
    {
        var vector = Argon2Vectors.All.Rfc9106;
        using var argon2 = new Argon2id(Convert.FromHexString(vector.PasswordHex))
        {
            Salt = Convert.FromHexString(vector.SaltHex),
            KnownSecret = Convert.FromHexString(vector.SecretHex),
            AssociatedData = Convert.FromHexString(vector.AssociatedDataHex),
            MemorySize = vector.MemoryKib,
            Iterations = vector.Iterations,
            DegreeOfParallelism = vector.Parallelism,
        };

        Assert.Equal(vector.TagHex, Convert.ToHexStringLower(await argon2.GetBytesAsync(32)));
    }

    [Theory, MemberData(nameof(PhcStrings))]
    public async Task A_reference_string_verifies(string phc)
    {
        var vector = Argon2Vectors.All.Phc.First(vector => vector.Phc == phc);
        var hasher = SecretHashers.With();

        Assert.Equal(SecretVerdict.Match, await hasher.VerifyAsync(vector.Password, phc));
        Assert.Equal(SecretVerdict.Mismatch, await hasher.VerifyAsync(vector.Password[..^1] + "!", phc));
    }

    [Theory, MemberData(nameof(PhcStrings))]
    public void A_reference_string_is_read_and_written_again_byte_for_byte(string phc)
    {
        var vector = Argon2Vectors.All.Phc.First(vector => vector.Phc == phc);

        Assert.True(StoredHash.TryParse(phc, MaxMemoryKib, out var hash));
        Assert.Equal(phc, hash!.ToString());
        Assert.Equal(
            (vector.MemoryKib, vector.Iterations, vector.Parallelism, vector.SaltHex, null),
            (hash.MemoryKib, hash.Iterations, hash.Parallelism, Convert.ToHexStringLower(hash.Salt), hash.KeyId));
    }

    [Theory, MemberData(nameof(MalformedStrings))]
    public async Task A_malformed_string_is_refused(string phc)
    {
        Assert.False(StoredHash.TryParse(phc, MaxMemoryKib, out _));
        Assert.Equal(SecretVerdict.Unreadable, await SecretHashers.With().VerifyAsync("pat_x", phc));
    }
}

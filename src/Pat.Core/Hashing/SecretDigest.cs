using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pat;

/// <summary>SHA-256 of a token, by which it is recognised without the slow hash once that has proven it.</summary>
internal readonly struct SecretDigest : IEquatable<SecretDigest>
{
    /// <summary>The bytes of a digest that a row keeps as its tag.</summary>
    public const int TagLength = 8;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private SecretDigest(ReadOnlySpan<byte> bytes)
    {
        _high = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]);
    }

    /// <summary>The digest of a well-formed token.</summary>
    public static SecretDigest Of(ReadOnlySpan<char> token)
    {
        Span<byte> bytes = stackalloc byte[PersonalAccessTokenFormat.MaxLength];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.ASCII.GetBytes(token, bytes);
        SHA256.HashData(bytes[..length], digest);
        CryptographicOperations.ZeroMemory(bytes);
        return new SecretDigest(digest);
    }

    /// <summary>The tag that a row keeps.</summary>
    public byte[] ToTag()
    {
        var tag = new byte[TagLength];
        WriteTag(tag);
        return tag;
    }

    /// <summary>Whether a row with <paramref name="tag"/> can be this token's. Takes the same time wherever they differ.</summary>
    public bool HasTag(ReadOnlySpan<byte> tag)
    {
        Span<byte> own = stackalloc byte[TagLength];
        WriteTag(own);
        return CryptographicOperations.FixedTimeEquals(own, tag);
    }

    /// <summary>Takes the same time wherever they differ.</summary>
    public bool Equals(SecretDigest other) => ((_high ^ other._high) | (_low ^ other._low)) == UInt128.Zero;

    public override bool Equals(object? obj) => obj is SecretDigest other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_high, _low);

    private void WriteTag(Span<byte> destination) =>
        BinaryPrimitives.WriteUInt64BigEndian(destination, (ulong)(_high >> 64));
}

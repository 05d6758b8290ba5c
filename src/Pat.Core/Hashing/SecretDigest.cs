using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pat;

/// <summary>SHA-256 of a token, by which it is recognised without the slow hash once that has proven it.</summary>
internal readonly struct SecretDigest : IEquatable<SecretDigest>
{
    /// <summary>The bytes of a digest that a row keeps as its tag.</summary>
    public const int TagLength = 8;

    // One for each thread: every request needs one, and making it costs a third of the hash.
    [ThreadStatic]
    private static SHA256? hash;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    private SecretDigest(ReadOnlySpan<byte> bytes)
    {
        _first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The digest of a well-formed token.</summary>
    public static SecretDigest Of(ReadOnlySpan<char> token)
    {
        Span<byte> bytes = stackalloc byte[PersonalAccessTokenFormat.MaxLength];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.ASCII.GetBytes(token, bytes);
        (hash ??= SHA256.Create()).TryComputeHash(bytes[..length], digest, out _);
        CryptographicOperations.ZeroMemory(bytes);
        return new SecretDigest(digest);
    }

    /// <summary>The tag that a row keeps.</summary>
    public byte[] ToTag()
    {
        var tag = new byte[TagLength];
        BinaryPrimitives.WriteUInt64BigEndian(tag, _first);
        return tag;
    }

    /// <summary>A row's tag as a number, or null where it is none.</summary>
    public static ulong? ReadTag(ReadOnlySpan<byte> tag) =>
        tag.Length == TagLength ? BinaryPrimitives.ReadUInt64BigEndian(tag) : null;

    /// <summary>The tag that a row keeps, as a number, so that comparing takes the same time wherever two differ.</summary>
    public ulong Tag => _first;

    /// <summary>Takes the same time wherever they differ.</summary>
    public bool Equals(SecretDigest other) =>
        ((_first ^ other._first) | (_second ^ other._second) | (_third ^ other._third) | (_fourth ^ other._fourth)) == 0;

    public override bool Equals(object? obj) => obj is SecretDigest other && Equals(other);

    public override int GetHashCode() => _first.GetHashCode();
}

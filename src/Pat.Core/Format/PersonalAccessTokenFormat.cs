using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Pat;

/// <summary>
/// How a token is written: <c>{prefix}_{id}_{secret}{checksum}</c>, all of it case-sensitive.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>prefix: 2 to 24 characters, lower-case words of letters and digits joined by <c>_</c>, the first character a letter;</item>
/// <item>id: 22 characters, the token's Guid as a big-endian 128-bit number in base62;</item>
/// <item>secret: 43 characters drawn uniformly by the system's cryptographic generator, 256 bits;</item>
/// <item>checksum: 6 characters, CRC-32 (as zlib computes it) of all that stands before it, in base62.</item>
/// </list>
/// The base62 digits are 0-9, A-Z, a-z, in that order. Secret scanners find tokens by
/// <c>\b{prefix}_[0-9A-Za-z]{22}_[0-9A-Za-z]{49}\b</c> and confirm them offline by the checksum.
/// </remarks>
public static class PersonalAccessTokenFormat
{
    /// <summary>The fewest characters of a prefix: 2.</summary>
    public const int MinPrefixLength = 2;

    /// <summary>The most characters of a prefix: 24.</summary>
    public const int MaxPrefixLength = 24;

    /// <summary>The characters of an id: 22.</summary>
    public const int IdLength = 22;

    /// <summary>The characters of a secret: 43.</summary>
    public const int SecretLength = 43;

    /// <summary>The characters of a checksum: 6.</summary>
    public const int ChecksumLength = 6;

    /// <summary>The length of the longest token: 97 characters.</summary>
    public const int MaxLength = MaxPrefixLength + TailLength;

    private const int TailLength = 1 + IdLength + 1 + SecretLength + ChecksumLength;

    /// <summary>Whether <paramref name="prefix"/> may stand before tokens.</summary>
    public static bool IsValidPrefix(ReadOnlySpan<char> prefix)
    {
        if (prefix.Length is < MinPrefixLength or > MaxPrefixLength || !char.IsAsciiLetterLower(prefix[0]))
        {
            return false;
        }

        var previous = '_';
        foreach (var character in prefix)
        {
            var allowed = character == '_'
                ? previous != '_'
                : char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character);
            if (!allowed)
            {
                return false;
            }

            previous = character;
        }

        return previous != '_';
    }

    /// <summary>Writes a new token for <paramref name="id"/>, with a secret drawn here.</summary>
    /// <exception cref="ArgumentException"><paramref name="prefix"/> may not stand before tokens.</exception>
    public static string Create(string prefix, Guid id)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (!IsValidPrefix(prefix))
        {
            throw new ArgumentException(
                $"'{prefix}' is no token prefix: use {MinPrefixLength} to {MaxPrefixLength} characters, lower-case words of letters and digits joined by '_', the first character a letter.",
                nameof(prefix));
        }

        return string.Create(prefix.Length + TailLength, (prefix, id), static (token, parts) =>
        {
            parts.prefix.CopyTo(token);
            var tail = token[parts.prefix.Length..];
            tail[0] = '_';
            WriteId(parts.id, tail.Slice(1, IdLength));
            tail[1 + IdLength] = '_';
            RandomNumberGenerator.GetItems(Base62.Alphabet, tail.Slice(1 + IdLength + 1, SecretLength));
            WriteChecksum(token[..^ChecksumLength], token[^ChecksumLength..]);
        });
    }

    /// <summary>
    /// Takes a token apart. It says nothing about whether the token exists. Allocates nothing and never throws.
    /// </summary>
    /// <param name="token">What may be a token, exactly: no spaces around it.</param>
    /// <param name="parts">The parts, over the memory of <paramref name="token"/>.</param>
    /// <returns>False unless every part has its form and the checksum is right.</returns>
    public static bool TryParse(ReadOnlySpan<char> token, out PersonalAccessTokenParts parts)
    {
        parts = default;
        if (token.Length is < MinPrefixLength + TailLength or > MaxLength)
        {
            return false;
        }

        var prefix = token[..^TailLength];
        var tail = token[^TailLength..];
        var idText = tail.Slice(1, IdLength);
        var secret = tail.Slice(1 + IdLength + 1, SecretLength);
        if (tail[0] != '_' || tail[1 + IdLength] != '_'
            || !IsValidPrefix(prefix)
            || secret.ContainsAnyExcept(Base62.Digits)
            || !TryParseId(idText, out var id))
        {
            return false;
        }

        Span<char> checksum = stackalloc char[ChecksumLength];
        WriteChecksum(token[..^ChecksumLength], checksum);
        if (!tail[^ChecksumLength..].SequenceEqual(checksum))
        {
            return false;
        }

        parts = new PersonalAccessTokenParts(prefix, id, secret);
        return true;
    }

    /// <summary>
    /// Reads the id alone of what may be a token, for what is known about it: neither the secret's form nor the checksum is
    /// looked at. Allocates nothing and never throws.
    /// </summary>
    internal static bool TryReadId(ReadOnlySpan<char> token, out Guid id)
    {
        id = default;
        return token.Length is >= MinPrefixLength + TailLength and <= MaxLength
            && token[^TailLength] == '_'
            && token[^(SecretLength + ChecksumLength + 1)] == '_'
            && TryParseId(token.Slice(token.Length - TailLength + 1, IdLength), out id);
    }

    /// <summary>Writes an id as people and the management API see it: 22 characters.</summary>
    public static string FormatId(Guid id) => string.Create(IdLength, id, static (text, id) => WriteId(id, text));

    /// <summary>Reads an id as <see cref="FormatId"/> writes it. Never throws.</summary>
    public static bool TryParseId(ReadOnlySpan<char> text, out Guid id)
    {
        id = default;
        if (text.Length != IdLength || !Base62.TryRead(text, out var number))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        id = new Guid(bytes, bigEndian: true);
        return true;
    }

    private static void WriteId(Guid id, Span<char> destination)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        Base62.Write(BinaryPrimitives.ReadUInt128BigEndian(bytes), destination);
    }

    private static void WriteChecksum(ReadOnlySpan<char> text, Span<char> destination)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        var length = Encoding.ASCII.GetBytes(text, bytes);
        Base62.Write(Crc32.HashToUInt32(bytes[..length]), destination);
        CryptographicOperations.ZeroMemory(bytes);
    }
}

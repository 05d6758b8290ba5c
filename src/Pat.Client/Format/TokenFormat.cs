using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Pat.Client;

/// <summary>
/// The form of a token, <c>{prefix}_{id}_{secret}{checksum}</c>: whether one is whole can be told without its server.
/// </summary>
internal static class TokenFormat
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>2 to the power of 128, less 1. The digits are in the order of their codes, so ids compare as text.</summary>
    private const string LargestId = "7n42DGM5Tflk9n8mt7Fhc7";

    private const int MinPrefixLength = 2;
    private const int MaxPrefixLength = 24;
    private const int IdLength = 22;
    private const int SecretLength = 43;
    private const int ChecksumLength = 6;
    private const int TailLength = 1 + IdLength + 1 + SecretLength + ChecksumLength;
    private const int MinLength = MinPrefixLength + TailLength;
    private const int MaxLength = MaxPrefixLength + TailLength;

    private const string CopyAgain = "Copy the whole token again, or create a new one if you did not keep it.";

    private static readonly SearchValues<char> AllDigits = SearchValues.Create(Digits);
    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"'`\u2018\u2019\u201c\u201d");

    public static bool IsPrefix(string prefix) =>
        prefix.Length is >= MinPrefixLength and <= MaxPrefixLength
        && char.IsAsciiLetterLower(prefix[0])
        && prefix.Split('_').All(static word =>
            word.Length > 0 && word.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)));

    /// <summary>What is wrong with a value, as the end of a sentence that begins with "The token", or null. Holds no part of it.</summary>
    /// <param name="value">What may be a token.</param>
    /// <param name="prefix">What it has to start with, or null for any prefix.</param>
    public static string? FindFault(string value, string? prefix)
    {
        if (value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return "starts with the word Bearer. Keep only the token itself.";
        }

        if (value.Any(static character => char.IsWhiteSpace(character) || char.IsControl(character)))
        {
            return "has a space or a line break in it or around it. Remove it.";
        }

        if (value.AsSpan().ContainsAny(Quotes))
        {
            return "has quotation marks around it. Remove them.";
        }

        if (!HasForm(value))
        {
            return $"is cut off, or is not a token: it has {value.Length} characters, and not the form prefix_id_secret. {CopyAgain}";
        }

        if (!HasRightChecksum(value))
        {
            return $"has a wrong checksum, so a character was lost or changed. {CopyAgain}";
        }

        return prefix is null || value.AsSpan(0, value.Length - TailLength).SequenceEqual(prefix)
            ? null
            : $"does not start with '{prefix}_', so it belongs to another product. Use a token that this server created.";
    }

    private static bool HasForm(string value)
    {
        if (value.Length is < MinLength or > MaxLength)
        {
            return false;
        }

        var tail = value.AsSpan(value.Length - TailLength);
        var id = tail.Slice(1, IdLength);
        var secretAndChecksum = tail[(1 + IdLength + 1)..];
        return tail[0] == '_'
            && tail[1 + IdLength] == '_'
            && !id.ContainsAnyExcept(AllDigits)
            && !secretAndChecksum.ContainsAnyExcept(AllDigits)
            && id.CompareTo(LargestId, StringComparison.Ordinal) <= 0
            && IsPrefix(value[..^TailLength]);
    }

    private static bool HasRightChecksum(string value)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        var length = Encoding.ASCII.GetBytes(value.AsSpan(..^ChecksumLength), bytes);
        var checksum = Crc32.HashToUInt32(bytes[..length]);
        CryptographicOperations.ZeroMemory(bytes);
        for (var at = value.Length - 1; at >= value.Length - ChecksumLength; at--)
        {
            (checksum, var digit) = Math.DivRem(checksum, (uint)Digits.Length);
            if (value[at] != Digits[(int)digit])
            {
                return false;
            }
        }

        return true;
    }
}

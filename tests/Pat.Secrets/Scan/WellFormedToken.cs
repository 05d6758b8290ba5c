using System.Text;

namespace Pat.Secrets.Scan;

/// <summary>Finds a token that nobody noted, by its form and its checksum.</summary>
public static class WellFormedToken
{
    /// <summary>The end of a token, of which nothing may be read: 49 characters.</summary>
    public const int SecretAndChecksumLength = PersonalAccessTokenFormat.SecretLength + PersonalAccessTokenFormat.ChecksumLength;

    private const int TailLength = 1 + PersonalAccessTokenFormat.IdLength + 1 + SecretAndChecksumLength;

    /// <summary>Where the first token begins, or -1.</summary>
    public static int IndexIn(ReadOnlySpan<byte> bytes)
    {
        for (var tail = PersonalAccessTokenFormat.MinPrefixLength; tail <= bytes.Length - TailLength; tail++)
        {
            if (bytes[tail] == '_' && bytes[tail + 1 + PersonalAccessTokenFormat.IdLength] == '_' && StartOf(bytes, tail) is var start and >= 0)
            {
                return start;
            }
        }

        return -1;
    }

    /// <summary>Where the token begins whose tail is at <paramref name="tail"/>: the checksum says how long the prefix is.</summary>
    private static int StartOf(ReadOnlySpan<byte> bytes, int tail)
    {
        Span<char> token = stackalloc char[PersonalAccessTokenFormat.MaxLength];
        for (var length = PersonalAccessTokenFormat.MinPrefixLength; length <= Math.Min(tail, PersonalAccessTokenFormat.MaxPrefixLength); length++)
        {
            var text = token[..(length + TailLength)];
            Encoding.Latin1.GetChars(bytes.Slice(tail - length, text.Length), text);
            if (PersonalAccessTokenFormat.TryParse(text, out _))
            {
                return tail - length;
            }
        }

        return -1;
    }
}

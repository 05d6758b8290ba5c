using System.Numerics;
using Pat.Core.Tests;

namespace Pat.Fuzz;

/// <summary>Texts that are tokens, or nearly.</summary>
internal static class TokenInputs
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly string[] Prefixes = ["pat", "acme_pat", "ab", "a0_b1_c2_d3_e4_f5_g6_h7_8"];

    private static readonly string[] WrongPrefixes = ["Pat", "_pat", "pat_", "a__b", "1pat", "p", "a0_b1_c2_d3_e4_f5_g6_h7_89", "p-t", ""];

    /// <summary>
    /// Two thirds with prefix and length of a token, a quarter with its checksum, whatever else is wrong; the others with a
    /// wrong prefix, or shorter or longer by a little.
    /// </summary>
    public static string Draw(Random random)
    {
        var prefix = random.Next(12) == 0 ? Pick(random, WrongPrefixes) : Pick(random, Prefixes);
        var joint = random.Next(16) == 0 ? Character(random) : '_';
        var unsigned = $"{prefix}_{Id(random)}{joint}{Text(random, 43)}";
        if (random.Next(8) == 0)
        {
            unsigned = Replace(unsigned, random.Next(unsigned.Length), Character(random));
        }

        var token = unsigned + (random.Next(3) == 0 ? NaiveFormat.Checksum(unsigned) : Text(random, 6));
        return random.Next(16) switch
        {
            0 => token.Remove(random.Next(token.Length), 1),
            1 => token.Insert(random.Next(token.Length), Character(random).ToString()),
            2 => Replace(token, random.Next(token.Length), Character(random)),
            _ => token,
        };
    }

    /// <summary>Whether it begins as one of our tokens does and has its length.</summary>
    public static bool HasPrefixAndLength(string input) => Prefixes.Any(prefix =>
        input.Length == prefix.Length + 73 && input.StartsWith(prefix, StringComparison.Ordinal) && input[prefix.Length] == '_');

    /// <summary>Whether it is that and ends with the checksum of what stands before.</summary>
    public static bool HasChecksum(string input) =>
        HasPrefixAndLength(input) && input.EndsWith(NaiveFormat.Checksum(input[..^6]), StringComparison.Ordinal);

    /// <summary>Of all sizes, many of them just below and just above 128 bits.</summary>
    private static string Id(Random random)
    {
        var bytes = new byte[random.Next(17)];
        random.NextBytes(bytes);
        var number = new BigInteger(bytes, isUnsigned: true);
        return random.Next(8) switch
        {
            0 => NaiveId.Write((BigInteger.One << 128) + (number >> (8 * random.Next(16)))),
            1 => NaiveId.Write((BigInteger.One << 128) - 1 - (number >> (8 * random.Next(16)))),
            2 => Text(random, 22),
            _ => NaiveId.Write(number),
        };
    }

    private static string Text(Random random, int length)
    {
        Span<char> text = stackalloc char[length];
        random.GetItems(Digits, text);
        return new string(text);
    }

    private static char Character(Random random) => random.Next(3) == 0 ? (char)random.Next(0x10000) : (char)random.Next(' ', '\x7f');

    private static string Pick(Random random, string[] texts) => texts[random.Next(texts.Length)];

    private static string Replace(string text, int at, char character) => $"{text[..at]}{character}{text[(at + 1)..]}";
}

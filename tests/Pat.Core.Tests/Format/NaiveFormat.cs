using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Pat.Core.Tests;

/// <summary>The format read a second time, as its description says and with none of the product's code.</summary>
internal static partial class NaiveFormat
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static (string Prefix, Guid Id, string Secret)? Parse(string token)
    {
        var match = Form().Match(token);
        if (!match.Success || match.Groups["prefix"].Length is < 2 or > 24)
        {
            return null;
        }

        var id = match.Groups["id"].Value.Aggregate(
            BigInteger.Zero, (number, character) => (number * 62) + Alphabet.IndexOf(character, StringComparison.Ordinal));
        return id < BigInteger.One << 128 && match.Groups["checksum"].Value == Checksum(token[..^6])
            ? (match.Groups["prefix"].Value, Guid.Parse(id.ToString("x33", CultureInfo.InvariantCulture)[^32..]), match.Groups["secret"].Value)
            : null;
    }

    public static string Checksum(string text)
    {
        var crc = uint.MaxValue;
        foreach (var value in Encoding.ASCII.GetBytes(text))
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        crc = ~crc;
        var digits = new char[6];
        for (var i = 5; i >= 0; i--)
        {
            digits[i] = Alphabet[(int)(crc % 62)];
            crc /= 62;
        }

        return new string(digits);
    }

    [GeneratedRegex("^(?<prefix>[a-z][a-z0-9]*(_[a-z0-9]+)*)_(?<id>[0-9A-Za-z]{22})_(?<secret>[0-9A-Za-z]{43})(?<checksum>[0-9A-Za-z]{6})\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}

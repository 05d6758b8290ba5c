using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Pat.Fuzz;

/// <summary>Stored hashes read a second time, as their description says and with none of the product's code.</summary>
/// <param name="Algorithm">Its name in the text.</param>
/// <param name="KeyId">The pepper's key, or null.</param>
/// <param name="Memory">KiB of memory, 0 where it takes none.</param>
/// <param name="Passes">Passes over the memory.</param>
/// <param name="Lanes">Lanes of the memory.</param>
/// <param name="Salt">The salt.</param>
/// <param name="Tag">The tag.</param>
internal sealed partial record NaivePhcString(
    string Algorithm, string? KeyId, int Memory, int Passes, int Lanes, IReadOnlyList<byte> Salt, IReadOnlyList<byte> Tag)
{
    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>Whether it has the form of a hash, whatever its numbers are.</summary>
    public static bool HasForm(string text) => text.Length <= 512 && Form().IsMatch(text);

    /// <summary>Null where it is none.</summary>
    public static NaivePhcString? Read(string text, int maxMemory)
    {
        var match = Form().Match(text);
        if (text.Length > 512 || !match.Success || Decode(match.Groups["tag"].Value) is not { Count: 32 } tag)
        {
            return null;
        }

        var keyId = match.Groups["keyid"] is { Success: true } key ? key.Value : null;
        var algorithm = match.Groups["algorithm"].Value;
        if (algorithm.Length > 0)
        {
            return new NaivePhcString(algorithm, keyId, 0, 0, 0, [], tag);
        }

        var (memory, passes, lanes) = (Number("m"), Number("t"), Number("p"));
        return memory <= maxMemory && passes <= 10 && lanes <= 16 && memory >= 8 * lanes
            && Decode(match.Groups["salt"].Value) is { Count: >= 8 and <= 64 } salt
                ? new NaivePhcString("argon2id", keyId, (int)memory, (int)passes, (int)lanes, salt, tag)
                : null;

        BigInteger Number(string name) => BigInteger.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Bit by bit; those that are left over have to be zeros, and fewer than a digit has.</summary>
    private static List<byte>? Decode(string text)
    {
        List<byte> bytes = [];
        var (held, bits) = (0, 0);
        foreach (var character in text)
        {
            held = (held << 6) | Base64.IndexOf(character, StringComparison.Ordinal);
            bits += 6;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(held >> bits));
                held &= (1 << bits) - 1;
            }
        }

        return held == 0 && bits < 6 ? bytes : null;
    }

    [GeneratedRegex(
        @"^\$(argon2id\$v=19\$m=(?<m>[1-9][0-9]*),t=(?<t>[1-9][0-9]*),p=(?<p>[1-9][0-9]*)(,keyid=(?<keyid>[A-Za-z0-9/+.-]{1,32}))?\$(?<salt>[A-Za-z0-9+/]*)|(?<algorithm>sha256)|(?<algorithm>hmac-sha256)\$keyid=(?<keyid>[A-Za-z0-9/+.-]{1,32}))\$(?<tag>[A-Za-z0-9+/]*)\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}

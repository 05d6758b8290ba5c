using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Pat.Secrets.Scan;

/// <summary>The other ways in which bytes may hold a text: each is undone wherever it could begin.</summary>
internal static class Encodings
{
    /// <summary>Fewer bytes than this hold no piece.</summary>
    private const int Least = KnownSecrets.PieceLength;

    private static readonly SearchValues<byte> Base64Digits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"u8);

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private static readonly SearchValues<byte> PercentDigits =
        SearchValues.Create("%0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.~+"u8);

    /// <summary>What <paramref name="bytes"/> could mean, with the name of the encoding and where it stands.</summary>
    public static void EachIn(ReadOnlySpan<byte> bytes, Meaning meaning)
    {
        EachUtf16(bytes, meaning);
        EachRun(bytes, PercentDigits, Least, (run, index) =>
        {
            if (run.Contains((byte)'%'))
            {
                meaning("percent-encoded", index, Unescape(run));
            }
        });
        EachRun(bytes, HexDigits, Least * 2, (run, index) =>
        {
            for (var offset = 0; offset < 2; offset++)
            {
                var digits = run[offset..];
                meaning("hexadecimal", index + offset, Convert.FromHexString(Encoding.ASCII.GetString(digits[..(digits.Length & ~1)])));
            }
        });
        EachRun(bytes, Base64Digits, Least * 4 / 3, (run, index) =>
        {
            // The text before may be of the same characters: only one of four beginnings is right.
            for (var offset = 0; offset < 4; offset++)
            {
                meaning("base64", index + offset, FromBase64(run[offset..]));
            }
        });
    }

    /// <summary>UTF-16 of either order: every other byte, where what stands between is zero.</summary>
    private static void EachUtf16(ReadOnlySpan<byte> bytes, Meaning meaning)
    {
        var index = 0;
        while (bytes[index..].IndexOf((byte)0) is var zero and >= 0)
        {
            var start = Math.Max(index, index + zero - 1);
            var text = new List<byte>();
            for (index = start; index + 1 < bytes.Length && bytes[index] != 0 && bytes[index + 1] == 0; index += 2)
            {
                text.Add(bytes[index]);
            }

            // The last character of big-endian text has its zero before it.
            if (text.Count >= Least - 1 && index < bytes.Length)
            {
                text.Add(bytes[index]);
            }

            if (text.Count >= Least)
            {
                meaning("UTF-16", start, [.. text]);
            }

            index = Math.Max(index, start + 1);
            if (index < bytes.Length && bytes[index] == 0)
            {
                index++;
            }
        }
    }

    private static void EachRun(ReadOnlySpan<byte> bytes, SearchValues<byte> digits, int least, Run found)
    {
        var index = 0;
        while (bytes[index..].IndexOfAny(digits) is var start and >= 0)
        {
            index += start;
            var end = bytes[index..].IndexOfAnyExcept(digits);
            var run = end < 0 ? bytes[index..] : bytes.Slice(index, end);
            if (run.Length >= least)
            {
                found(run, index);
            }

            index += run.Length;
        }
    }

    private static byte[] Unescape(ReadOnlySpan<byte> run)
    {
        var text = new List<byte>();
        for (var i = 0; i < run.Length; i++)
        {
            if (run[i] == '%' && i + 2 < run.Length && Utf8Parser.TryParse(run.Slice(i + 1, 2), out byte value, out var read, 'x') && read == 2)
            {
                text.Add(value);
                i += 2;
            }
            else
            {
                text.Add(run[i]);
            }
        }

        return [.. text];
    }

    private static byte[] FromBase64(ReadOnlySpan<byte> run)
    {
        // Filled up with zero bits to whole groups of four digits, which give less than a byte that was there.
        var digits = new byte[(run.Length + 3) & ~3];
        digits.AsSpan().Fill((byte)'A');
        run.CopyTo(digits);
        digits.AsSpan().Replace((byte)'-', (byte)'+');
        digits.AsSpan().Replace((byte)'_', (byte)'/');
        Base64.DecodeFromUtf8InPlace(digits, out _);
        return digits[..(run.Length * 3 / 4)];
    }

    /// <param name="encoding">Its name.</param>
    /// <param name="index">Where it begins.</param>
    /// <param name="bytes">What was encoded.</param>
    public delegate void Meaning(string encoding, int index, byte[] bytes);

    private delegate void Run(ReadOnlySpan<byte> run, int index);
}

using System.Buffers;

namespace Pat;

/// <summary>Unsigned numbers as digits 0-9, A-Z, a-z, most significant first, padded with zeros to a fixed length.</summary>
internal static class Base62
{
    public const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static readonly SearchValues<char> Digits = SearchValues.Create(Alphabet);

    private const int DigitsAtOnce = 10;
    private const ulong TenDigits = 839_299_365_868_340_224; // 62 to the 10th
    private const byte None = byte.MaxValue;

    private static readonly byte[] Values = CreateValues();

    /// <summary>Fills <paramref name="destination"/>; what does not fit in it is lost.</summary>
    public static void Write(UInt128 value, Span<char> destination)
    {
        while (!destination.IsEmpty)
        {
            var length = Math.Min(destination.Length, DigitsAtOnce);
            (value, var rest) = UInt128.DivRem(value, TenDigits);
            var part = (ulong)rest;
            for (var i = destination.Length - 1; i >= destination.Length - length; i--)
            {
                (part, var digit) = Math.DivRem(part, (ulong)Alphabet.Length);
                destination[i] = Alphabet[(int)digit];
            }

            destination = destination[..^length];
        }
    }

    /// <summary>False for a character outside the alphabet and for a number of more than 128 bits.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out UInt128 value)
    {
        value = default;
        while (!text.IsEmpty)
        {
            // Ten digits fit in 64 bits, which are far quicker to reckon with than 128.
            var length = Math.Min(text.Length, DigitsAtOnce);
            if (!TryReadPart(text[..length], out var part, out var weight))
            {
                return false;
            }

            var low = Math.BigMul((ulong)value, weight);
            var high = Math.BigMul((ulong)(value >> 64), weight);
            var product = low + (high << 64);
            var next = product + part;
            if (high >> 64 != UInt128.Zero || product < low || next < product)
            {
                value = default;
                return false;
            }

            value = next;
            text = text[length..];
        }

        return true;
    }

    private static bool TryReadPart(ReadOnlySpan<char> text, out ulong part, out ulong weight)
    {
        part = 0;
        weight = 1;
        foreach (var character in text)
        {
            if (character >= Values.Length || Values[character] == None)
            {
                return false;
            }

            part = (part * (ulong)Alphabet.Length) + Values[character];
            weight *= (ulong)Alphabet.Length;
        }

        return true;
    }

    private static byte[] CreateValues()
    {
        var values = new byte['z' + 1];
        Array.Fill(values, None);
        for (byte digit = 0; digit < Alphabet.Length; digit++)
        {
            values[Alphabet[digit]] = digit;
        }

        return values;
    }
}

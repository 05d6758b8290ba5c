using System.Buffers;

namespace Pat;

/// <summary>Unsigned numbers as digits 0-9, A-Z, a-z, most significant first, padded with zeros to a fixed length.</summary>
internal static class Base62
{
    public const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static readonly SearchValues<char> Digits = SearchValues.Create(Alphabet);

    /// <summary>Fills <paramref name="destination"/>; what does not fit in it is lost.</summary>
    public static void Write(UInt128 value, Span<char> destination)
    {
        for (var i = destination.Length - 1; i >= 0; i--)
        {
            (value, var digit) = UInt128.DivRem(value, (UInt128)Alphabet.Length);
            destination[i] = Alphabet[(int)digit];
        }
    }

    /// <summary>False for a character outside the alphabet and for a number of more than 128 bits.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out UInt128 value)
    {
        value = default;
        var most = UInt128.MaxValue / (UInt128)Alphabet.Length;
        foreach (var character in text)
        {
            if (DigitOf(character) is not { } digit || value > most)
            {
                return false;
            }

            var next = unchecked((value * (UInt128)Alphabet.Length) + digit);
            if (next < digit)
            {
                return false;
            }

            value = next;
        }

        return true;
    }

    private static uint? DigitOf(char character) => character switch
    {
        >= '0' and <= '9' => (uint)(character - '0'),
        >= 'A' and <= 'Z' => (uint)(character - 'A' + 10),
        >= 'a' and <= 'z' => (uint)(character - 'a' + 36),
        _ => null,
    };
}

using System.Numerics;

namespace Pat.Fuzz;

/// <summary>Ids read a second time, digit by digit.</summary>
internal static class NaiveId
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Null where it is none.</summary>
    public static Guid? Read(string text)
    {
        if (text.Length != 22)
        {
            return null;
        }

        var number = BigInteger.Zero;
        foreach (var character in text)
        {
            var digit = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0)
            {
                return null;
            }

            number = (number * 62) + digit;
        }

        if (number.GetByteCount(isUnsigned: true) > 16)
        {
            return null;
        }

        var bytes = new byte[16];
        var significant = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        significant.CopyTo(bytes, bytes.Length - significant.Length);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The 22 digits of a number of any size; of a greater one, the last.</summary>
    public static string Write(BigInteger number)
    {
        var digits = new char[22];
        for (var at = digits.Length - 1; at >= 0; at--)
        {
            number = BigInteger.DivRem(number, 62, out var digit);
            digits[at] = Alphabet[(int)digit];
        }

        return new string(digits);
    }
}

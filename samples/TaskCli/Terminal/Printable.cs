using System.Globalization;
using System.Text;

namespace TaskCli.Terminal;

/// <summary>Text of others, which may hold what a terminal would obey.</summary>
internal static class Printable
{
    /// <summary>
    /// The text with whatever moves the cursor, changes colours, ends a line or turns the direction of writing replaced by
    /// a sign in its place.
    /// </summary>
    public static string Of(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            printable.Append((IsActive(rune) ? Rune.ReplacementChar : rune).ToString());
        }

        return printable.ToString();
    }

    private static bool IsActive(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}

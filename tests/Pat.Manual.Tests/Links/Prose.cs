using System.Text.RegularExpressions;

namespace Pat.Manual.Tests;

/// <summary>A page without what stands in code, where a bracket is a bracket.</summary>
internal static partial class Prose
{
    public static string Of(string page) => Span().Replace(Block().Replace(page, ""), "");

    /// <summary>A page without its blocks of code.</summary>
    public static string WithoutBlocks(string page) => Block().Replace(page, "");

    [GeneratedRegex("^ *(?<fence>```+|~~~+)[^`\n]*\n(?:.*\n)*? *\\k<fence> *$", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("(?<!`)(?<ticks>`+)(?!`)[^\n]*?(?<!`)\\k<ticks>(?!`)")]
    private static partial Regex Span();
}

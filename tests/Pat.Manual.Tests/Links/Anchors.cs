using System.Text.RegularExpressions;

namespace Pat.Manual.Tests;

/// <summary>What GitHub lets one link to in a page: its headings, in small letters and without punctuation, spaces as hyphens.</summary>
internal static partial class Anchors
{
    public static IReadOnlyList<string> Of(string page)
    {
        var seen = new Dictionary<string, int>();
        var anchors = new List<string>();
        foreach (Match heading in Heading().Matches(Prose.WithoutBlocks(page)))
        {
            var text = Link().Replace(heading.Groups["text"].Value, "${text}").ToLowerInvariant();
            var anchor = Dropped().Replace(Emphasis().Replace(text, "${text}"), "").Replace(' ', '-');
            anchors.Add(seen.TryGetValue(anchor, out var times) ? $"{anchor}-{times}" : anchor);
            seen[anchor] = times + 1;
        }

        return anchors;
    }

    [GeneratedRegex(@"^#{1,6} +(?<text>.*?)(?: +#+)? *$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"!?\[(?<text>[^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\p{L}\p{N}])_(?<text>[^_]+)_(?![\p{L}\p{N}])")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"[^\p{L}\p{M}\p{N}\p{Pc} -]")]
    private static partial Regex Dropped();
}

using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>The texts as they stand in the sources, and their translation.</summary>
internal static partial class SourceTexts
{
    /// <summary>Every text that a page or the manager can say, in English.</summary>
    public static IReadOnlySet<string> English { get; } = FindEnglish();

    /// <summary>The German text of each English one.</summary>
    public static IReadOnlyDictionary<string, string> German { get; } = XDocument.Parse(Read("german.resx")).Root!.Elements("data")
        .ToDictionary(entry => entry.Attribute("name")!.Value, entry => entry.Element("value")!.Value, StringComparer.Ordinal);

    /// <summary>What stands in for something else in a text, in the order in which it is there.</summary>
    public static string[] PlaceholdersOf(string text) => [.. Placeholder().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal)];

    private static HashSet<string> FindEnglish()
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in typeof(SourceTexts).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("source/", StringComparison.Ordinal)))
        {
            var source = Read(name);
            if (name == "source/RequestRules.cs")
            {
                texts.UnionWith(Message().Matches(source).Select(match => AsFormat(match.Groups["text"].Value)));
                continue;
            }

            // Both texts of a choice between two count.
            foreach (Match call in Call().Matches(source))
            {
                texts.UnionWith(Literal().Matches(call.Value).Select(match => Regex.Unescape(match.Groups["text"].Value)));
            }
        }

        // The options' own scopes are described in the words of the package.
        texts.UnionWith(new PersonalAccessTokenOptions().Scopes.Select(scope => scope.Description));
        return texts;
    }

    /// <summary>An interpolated string as its format: <c>{trimmed.Length}</c> is <c>{0}</c>, <c>{seconds:0}</c> is <c>{0:0}</c>.</summary>
    private static string AsFormat(string interpolated)
    {
        var index = 0;
        return Hole().Replace(interpolated, hole => $"{{{index++}{hole.Groups["format"].Value}}}");
    }

    private static string Read(string name)
    {
        using var stream = typeof(SourceTexts).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("""\{[^{}]*?(?<format>:0)?\}""")]
    private static partial Regex Hole();

    [GeneratedRegex("""\{\d[^{}]*\}""")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""\b_?[tT]exts\[\s*"(?:[^"\\]|\\.)*"(?=\s*[\],])""")]
    private static partial Regex Call();

    [GeneratedRegex(""""\$?"(?<text>(?:[^"\\]|\\.)+)"""")]
    private static partial Regex Literal();

    [GeneratedRegex(""""errors\.Add\(\s*"\w*",\s*\$"(?<text>(?:[^"\\]|\\.)+)"""")]
    private static partial Regex Message();
}

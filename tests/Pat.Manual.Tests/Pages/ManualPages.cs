using System.Text.RegularExpressions;
using Pat.TestSupport;

namespace Pat.Manual.Tests;

/// <summary>What is read as the manual: the pages at the root, those under docs, the packages' own, and those of the templates.</summary>
internal static partial class ManualPages
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. Below("", SearchOption.TopDirectoryOnly),
        .. Below("docs", SearchOption.AllDirectories),
        .. Below("src", SearchOption.AllDirectories).Where(page => Path.GetFileName(page) == "README.md"),
        .. Below("templates", SearchOption.AllDirectories),
    ];

    public static IReadOnlyList<Block> Blocks { get; } = [.. All.SelectMany(page => BlocksOf(page, Read(page)))];

    public static string Read(string page) => File.ReadAllText(Repository.PathOf(page));

    public static Block At(string place) => Blocks.Single(block => block.Place == place);

    public static IEnumerable<Block> BlocksOf(string page, string text)
    {
        var lines = text.Split('\n');
        for (var start = 0; start < lines.Length; start++)
        {
            if (Fence().Match(lines[start]) is not { Success: true } fence)
            {
                continue;
            }

            var indentation = fence.Groups["indentation"].Value;
            var end = Array.FindIndex(lines, start + 1, line => line.TrimEnd() == $"{indentation}{fence.Groups["fence"].Value}");
            if (end < 0)
            {
                throw new InvalidDataException($"{page}:{start + 1}: the block has no end.");
            }

            var content = lines[(start + 1)..end].Select(line => line.StartsWith(indentation, StringComparison.Ordinal) ? line[indentation.Length..] : line);
            var mark = start > 0 ? Mark().Match(lines[start - 1]) : Match.Empty;
            yield return new Block(
                page, start + 1, fence.Groups["language"].Value, mark.Success ? mark.Groups["name"].Value : null, string.Join('\n', content));
            start = end;
        }
    }

    private static IEnumerable<string> Below(string directory, SearchOption depth) =>
        Directory.GetFiles(Repository.PathOf(directory), "*.md", depth)
            .Select(file => Path.GetRelativePath(Repository.PathOf(""), file).Replace('\\', '/'))
            .Where(page => !page.Contains("/bin/", StringComparison.Ordinal) && !page.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex("^(?<indentation> *)(?<fence>```+|~~~+)(?<language>[^`]*)$")]
    private static partial Regex Fence();

    [GeneratedRegex("^ *<!-- compiled in: (?<name>[a-z-]+) -->$")]
    private static partial Regex Mark();
}

namespace Pat.Docs.Tests;

/// <summary>A page of the manual, and the tables in it.</summary>
internal static class Document
{
    /// <summary>The README and all pages under docs, by their paths in the repository.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Append(Repository.PathOf("README.md"))
            .Select(static page => Path.GetRelativePath(Repository.PathOf("."), page).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    /// <summary>All tables of a page.</summary>
    public static IEnumerable<Table> TablesOf(string page)
    {
        var lines = File.ReadAllLines(Repository.PathOf(page));
        return Enumerable.Range(1, lines.Length - 1).Where(index => IsRule(lines[index]))
            .Select(index => new Table(CellsOf(lines[index - 1]), [.. lines.Skip(index + 1).TakeWhile(IsRow).Select(CellsOf)]));
    }

    /// <summary>The rows of all tables below a heading, those of its own sub-headings included, each as its cells. Heads are left out.</summary>
    /// <param name="page">The page, by its path in the repository.</param>
    /// <param name="heading">The whole line of the heading: <c>## Spans</c>.</param>
    public static IReadOnlyList<string[]> RowsBelow(string page, string heading)
    {
        var level = heading.IndexOf(' ', StringComparison.Ordinal);
        var lines = File.ReadAllLines(Repository.PathOf(page));
        var start = Array.IndexOf(lines, heading);
        Assert.True(start >= 0, $"{page} has no {heading}.");
        var section = lines.Skip(start + 1).TakeWhile(line => !IsHeading(line, level)).ToList();
        return [.. section.Where((line, index) => IsRow(line) && !IsRule(line) && !IsRule(section.ElementAtOrDefault(index + 1) ?? "")).Select(CellsOf)];
    }

    /// <summary>What stands in a cell between the first two backticks.</summary>
    public static string CodeOf(string cell) =>
        cell.Split('`') is { Length: >= 3 } parts ? parts[1] : throw new FormatException($"There is no `code` in {cell}.");

    private static bool IsHeading(string line, int level)
    {
        var own = line.Length - line.TrimStart('#').Length;
        return own > 0 && own <= level;
    }

    private static bool IsRow(string line) => line.StartsWith('|');

    private static bool IsRule(string line) => line.StartsWith("|---", StringComparison.Ordinal);

    private static string[] CellsOf(string row) => [.. row.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Pat.Docs.Tests;

/// <summary>The checklists of docs/security.md leave nothing out, and say of nothing that it is met without what shows it.</summary>
public sealed partial class AsvsTests
{
    private const string Security = "docs/security.md";
    private const string Asvs = "## OWASP ASVS 5.0";
    private const string Top10 = "## OWASP API Security Top 10, 2023";

    private static readonly string[] Statuses = ["met", "not met", "not ours"];

    /// <summary>How many requirements ASVS 5.0.0 has in each section of the chapters that the page goes through.</summary>
    private static readonly Dictionary<int, int[]> Chapters = new()
    {
        [6] = [3, 12, 8, 6, 8, 4, 2, 4],
        [7] = [3, 4, 2, 5, 3, 2],
        [8] = [4, 4, 3, 2],
        [10] = [2, 3, 5, 16, 5, 2, 3],
        [11] = [4, 5, 5, 4, 2, 2, 2],
        [13] = [4, 6, 4, 7],
        [14] = [2, 8, 3],
        [15] = [5, 5, 7, 4],
        [16] = [1, 5, 4, 3, 4],
    };

    public static TheoryData<int> EachChapter => [.. Chapters.Keys];

    public static TheoryData<string> EachRow =>
        [.. new[] { Asvs, Top10 }.SelectMany(static heading => Document.RowsBelow(Security, heading)).Select(static row => string.Join(" | ", row))];

    [Theory, MemberData(nameof(EachChapter))]
    public void Every_requirement_of_a_chapter_is_there_once(int chapter)
    {
        var heading = File.ReadLines(Repository.PathOf(Security)).Single(line => line.StartsWith($"### V{chapter} ", StringComparison.Ordinal));

        var ids = Document.RowsBelow(Security, heading).SelectMany(static row => IdsIn(row[0])).Order();

        Assert.Equal(Chapters[chapter].SelectMany((count, section) => Enumerable.Range(1, count).Select(number => (chapter, section + 1, number))), ids);
    }

    [Fact]
    public void There_are_no_others()
    {
        var ids = Document.RowsBelow(Security, Asvs).SelectMany(static row => IdsIn(row[0]));

        Assert.Equal(Chapters.Values.Sum(static sections => sections.Sum()), ids.Count());
    }

    [Theory, MemberData(nameof(EachRow))]
    public void A_requirement_is_met_by_something_or_it_is_not(string row)
    {
        var cells = row.Split(" | ");

        Assert.Equal(4, cells.Length);
        Assert.Contains(cells[2], Statuses);
        Assert.True(cells[2] != "met" || Evidence().IsMatch(cells[3]), $"It is met, but no test, file or link shows it: {row}");
    }

    [Theory]
    [InlineData("6.1.2", "6.1.2")]
    [InlineData("6.1.2, 6.2.9-6.2.11", "6.1.2 6.2.9 6.2.10 6.2.11")]
    public void A_cell_has_ids_and_ranges(string cell, string read) =>
        Assert.Equal(read, string.Join(' ', IdsIn(cell).Select(static id => $"{id.Chapter}.{id.Section}.{id.Number}")));

    [Theory]
    [InlineData("6.1")]
    [InlineData("6.1.2-6.2.3")]
    [InlineData("6.1.3-6.1.2")]
    [InlineData("6.1.1 and 6.1.2")]
    public void What_is_neither_is_a_mistake(string cell) => Assert.Throws<FormatException>(() => IdsIn(cell).ToList());

    private static IEnumerable<(int Chapter, int Section, int Number)> IdsIn(string cell) => cell.Split(", ").SelectMany(part =>
    {
        var match = Ids().Match(part);
        var (first, last) = (NumberOf(match, "first"), NumberOf(match, match.Groups["last"].Success ? "last" : "first"));
        return first > 0 && first <= last
            ? Enumerable.Range(first, last - first + 1).Select(number => (NumberOf(match, "chapter"), NumberOf(match, "section"), number))
            : throw new FormatException($"{part} is no id and no range of a section's ids.");
    });

    private static int NumberOf(Match match, string group) => match.Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?<chapter>\d+)\.(?<section>\d+)\.(?<first>\d+)(?:-\k<chapter>\.\k<section>\.(?<last>\d+))?$")]
    private static partial Regex Ids();

    // A class of tests, a file or a link.
    [GeneratedRegex(@"`\w+Tests`|`[\w./-]+\.\w+`|\]\([^)]+\)")]
    private static partial Regex Evidence();
}

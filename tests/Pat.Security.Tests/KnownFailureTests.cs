using System.Globalization;
using System.Text.RegularExpressions;

namespace Pat.Security.Tests;

/// <summary>
/// That each row of docs/known-failures.md has tests here, and a patch that tests/defences.sh tries: whether its tests turn
/// red takes long to see, whether it fits the sources no time.
/// </summary>
public sealed partial class KnownFailureTests
{
    private const int Rows = 35;

    public static TheoryData<int> EachRow => [.. Enumerable.Range(1, Rows)];

    [Fact]
    public async Task Each_has_a_row_in_the_document_and_a_patch()
    {
        var document = await File.ReadAllTextAsync(Repository.PathOf("docs/known-failures.md"));
        var known = DocumentedRow().Matches(document).Select(RowOf);
        var patched = Directory.GetFiles(Repository.PathOf("tests/defences")).Select(file => RowOf(PatchName().Match(Path.GetFileName(file))));

        Assert.Equal(Enumerable.Range(1, Rows), known);
        Assert.Equal(Enumerable.Range(1, Rows), patched.Order());
    }

    [Theory]
    [MemberData(nameof(EachRow))]
    public void Each_has_a_class_of_its_own_whose_tests_are_named_after_it(int row)
    {
        var classes = typeof(KnownFailureTests).Assembly.GetExportedTypes().Where(type => !type.IsAbstract);

        var own = classes.Where(type => type.Name.StartsWith($"Row{row:00}", StringComparison.Ordinal)).SelectMany(TestsOf).ToList();
        var named = classes.SelectMany(TestsOf).Where(name => name.StartsWith($"Row_{row}_", StringComparison.Ordinal));

        Assert.NotEmpty(own);
        Assert.Equal(own, named);
    }

    [Theory]
    [MemberData(nameof(EachRow))]
    public async Task Its_patch_takes_something_from_the_product_and_fits_and_names_tests_of_its_row(int row)
    {
        var patch = Assert.Single(Directory.GetFiles(Repository.PathOf("tests/defences"), $"row-{row:00}-*.patch"));
        var lines = await File.ReadAllLinesAsync(patch);

        Assert.NotEmpty(FieldOf(lines, $"Row {row}"));
        Assert.NotEmpty(FieldOf(lines, "Defence"));
        Assert.Equal($"*.Row_{row}_*", FieldOf(lines, "Tests"));
        Assert.All(
            lines.Where(line => line.StartsWith("--- ", StringComparison.Ordinal) || line.StartsWith("+++ ", StringComparison.Ordinal)),
            line => Assert.Matches("^(--- a|\\+\\+\\+ b)/src/", line));
        Assert.Equal("", await Repository.CheckPatchAsync(patch));
    }

    private static IEnumerable<string> TestsOf(Type type) =>
        type.GetMethods().Where(method => method.IsDefined(typeof(Xunit.FactAttribute), inherit: true)).Select(method => method.Name);

    private static int RowOf(Match match) => int.Parse(match.Groups["row"].Value, CultureInfo.InvariantCulture);

    private static string FieldOf(string[] lines, string name) =>
        Assert.Single(lines, line => line.StartsWith($"{name}: ", StringComparison.Ordinal))[(name.Length + 2)..];

    [GeneratedRegex(@"^\| (?<row>\d+) \|", RegexOptions.Multiline)]
    private static partial Regex DocumentedRow();

    [GeneratedRegex(@"^row-(?<row>\d{2})-[a-z0-9-]+\.patch$")]
    private static partial Regex PatchName();
}

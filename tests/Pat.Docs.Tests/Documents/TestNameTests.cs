using System.Text.RegularExpressions;

namespace Pat.Docs.Tests;

/// <summary>A test that a page rests on is there.</summary>
public sealed partial class TestNameTests
{
    private const string Security = "docs/security.md";

    /// <summary>The classes of tests, with the project that each is in.</summary>
    private static readonly HashSet<(string Project, string Class)> Tests =
        [.. Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .Select(static file => (Path: Path.GetRelativePath(Repository.PathOf("."), file).Replace('\\', '/'), Text: File.ReadAllText(file)))
            .Where(static file => !file.Path.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(static file => Declared().Matches(file.Text).Select(match => (string.Join('/', file.Path.Split('/')[..2]), match.Groups[1].Value)))];

    private static readonly HashSet<string> Classes = [.. Tests.Select(static test => test.Class)];

    /// <summary>What the pages call a project: <c>*Core* `tests/Pat.Core.Tests`</c>.</summary>
    private static readonly Dictionary<string, string> Projects = Project().Matches(File.ReadAllText(Repository.PathOf(Security)))
        .ToDictionary(static match => match.Groups["label"].Value, static match => match.Groups["project"].Value);

    public static TheoryData<string> Pages => [.. Document.All];

    [Theory, MemberData(nameof(Pages))]
    public void Every_test_that_is_named_is_there(string page)
    {
        var named = Named().Matches(File.ReadAllText(Repository.PathOf(page))).Select(static match => match.Groups[1].Value).Distinct();

        Assert.Empty(named.Except(Classes));
    }

    [Theory, MemberData(nameof(Pages))]
    public void It_is_in_the_project_that_stands_behind_it(string page) => Assert.DoesNotContain(
        LabelledIn(File.ReadAllText(Repository.PathOf(page))), static test => !Tests.Contains((Projects[test.Label], test.Class)));

    /// <summary>But in the table whose columns are of one project each.</summary>
    [Fact]
    public void Every_test_of_the_page_on_security_has_its_project()
    {
        var text = Probes().Replace(File.ReadAllText(Repository.PathOf(Security)), "");

        var labelled = LabelledIn(text).Select(static test => test.Class).ToList();

        // As often as it is named, since each mention is of a test in some project.
        Assert.Empty(Named().Matches(text).Select(static match => match.Groups[1].Value).GroupBy(static name => name)
            .Where(named => labelled.Count(name => name == named.Key) < named.Count()).Select(static named => named.Key));
    }

    [Theory]
    [InlineData(2, "UI")]
    [InlineData(3, "Web")]
    public void Every_probe_is_in_the_project_of_its_column(int column, string label)
    {
        var rows = Document.RowsBelow(Security, "## Probes");

        var named = rows.Select(row => row[column - 1]).SelectMany(cell => Named().Matches(cell).Select(match => (match.Groups[1].Value, IsAlone: !LabelledIn(cell).Any())))
            .Where(static test => test.IsAlone).Select(static test => test.Value).ToList();

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, name => !Tests.Contains((Projects[label], name)));
    }

    [Theory]
    [InlineData("`ATests`, `BTests` (Core), and `CTests` (Web): text", "ATests Core, BTests Core, CTests Web")]
    [InlineData("met (`ATests`, Core; `BTests`, `CTests`, Web)", "ATests Core, BTests Web, CTests Web")]
    [InlineData("`ATests` compares (what it does)", "")]
    [InlineData("`ATests`, `BTests`", "")]
    public void A_project_stands_behind_its_tests(string text, string read) =>
        Assert.Equal(read, string.Join(", ", LabelledIn(text).Select(static test => $"{test.Class} {test.Label}")));

    [Fact]
    public void What_the_search_for_secrets_leaves_out_is_there()
    {
        var script = File.ReadAllText(Repository.PathOf("tests/secrets.sh"));

        var left = Pattern().Matches(script).Select(static match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(left);
        Assert.Empty(left.Except(Classes));
    }

    /// <summary>The tests that a project stands behind: of several the last one has it.</summary>
    private static IEnumerable<(string Label, string Class)> LabelledIn(string text) => Labelled().Matches(text)
        .Where(static match => Projects.ContainsKey(match.Groups["label"].Value))
        .SelectMany(static match => Named().Matches(match.Value).Select(test => (match.Groups["label"].Value, test.Groups[1].Value)));

    [GeneratedRegex(@"\*(?<label>\w+)\*\s+(?:is\s+)?`(?<project>tests/[\w.]+)`")]
    private static partial Regex Project();

    // Behind the last one, in brackets or within brackets that they are all in.
    [GeneratedRegex(@"`\w+Tests`(?:(?:,| and)\s+`\w+Tests`)*(?:\s+\((?<label>\w+)\)|,\s+(?<label>\w+)\b)")]
    private static partial Regex Labelled();

    [GeneratedRegex("^## Probes.*?(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Probes();

    [GeneratedRegex(@"\bclass (\w+Tests)\b")]
    private static partial Regex Declared();

    [GeneratedRegex(@"`(\w+Tests)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"'\*\.?(\w+Tests)'")]
    private static partial Regex Pattern();
}

using System.Text.RegularExpressions;

namespace Pat.Docs.Tests;

/// <summary>A test that a page rests on is there.</summary>
public sealed partial class TestNameTests
{
    private static readonly HashSet<string> Classes =
        [.. Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(static file => Declared().Matches(File.ReadAllText(file)))
            .Select(static match => match.Groups[1].Value)];

    public static TheoryData<string> Pages => [.. Document.All];

    [Theory, MemberData(nameof(Pages))]
    public void Every_test_that_is_named_is_there(string page)
    {
        var named = Named().Matches(File.ReadAllText(Repository.PathOf(page))).Select(static match => match.Groups[1].Value).Distinct();

        Assert.Empty(named.Except(Classes));
    }

    [Fact]
    public void What_the_search_for_secrets_leaves_out_is_there()
    {
        var script = File.ReadAllText(Repository.PathOf("tests/secrets.sh"));

        var left = Pattern().Matches(script).Select(static match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(left);
        Assert.Empty(left.Except(Classes));
    }

    [GeneratedRegex(@"\bclass (\w+Tests)\b")]
    private static partial Regex Declared();

    [GeneratedRegex(@"`(\w+Tests)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"'\*\.?(\w+Tests)'")]
    private static partial Regex Pattern();
}

using System.Text.RegularExpressions;

namespace Pat.Docs.Tests;

/// <summary>A file that the page on security rests on is there. Links are Pat.Manual.Tests'.</summary>
public sealed partial class FileNameTests
{
    private const string Security = "docs/security.md";

    /// <summary>What is under src. The page names most of it by its path in a project.</summary>
    private static readonly List<string> Sources =
        [.. Directory.EnumerateFiles(Repository.PathOf("src"), "*", SearchOption.AllDirectories).Select(static file => file.Replace('\\', '/'))
            .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))];

    public static TheoryData<string> EachFile =>
        [.. Code().Matches(File.ReadAllText(Repository.PathOf(Security))).Select(static match => match.Groups["path"].Value).Distinct()];

    [Theory, MemberData(nameof(EachFile))]
    public void A_file_that_is_named_is_there(string path)
    {
        var full = Repository.PathOf(path);

        Assert.True(File.Exists(full) || Directory.Exists(full) || Sources.Any(source => source.EndsWith($"/{path}", StringComparison.Ordinal)));
    }

    // With a directory or an ending.
    [GeneratedRegex(@"`(?<path>\w[\w.-]*(?:/[\w.-]+)+|[\w.-]+\.(?:cs|js|css|sh|json|md|props|targets|csproj))`")]
    private static partial Regex Code();
}

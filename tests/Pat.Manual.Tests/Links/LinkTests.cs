using System.Text.RegularExpressions;
using Pat.TestSupport;

namespace Pat.Manual.Tests;

/// <summary>Links inside of the repository lead somewhere. Addresses elsewhere are not asked: tests need no network.</summary>
public sealed partial class LinkTests
{
    private const string Index = "docs/README.md";

    public static TheoryData<string> EachPage => [.. ManualPages.All];

    [Theory]
    [MemberData(nameof(EachPage))]
    public void Its_links_lead_somewhere(string page) => Assert.DoesNotContain(LinksOf(page), link => !Leads(page, link));

    /// <summary>NuGet shows a package's README where the repository's other files are not, and a template's is in an application of its own.</summary>
    [Fact]
    public void A_package_links_to_nothing_beside_it() =>
        Assert.Empty(ManualPages.All.Where(page => page.Split('/')[0] is "src" or "templates").SelectMany(LinksOf));

    [Fact]
    public void The_index_has_every_page()
    {
        var pages = ManualPages.All.Where(page => Path.GetDirectoryName(page) == "docs" && page != Index);

        Assert.Empty(pages.Except(LinksOf(Index).Select(link => $"docs/{link.Split('#')[0]}")));
    }

    [Theory]
    [InlineData("# Not *quite* what `it` says: a [link](x.md), 5 % & _more_", "not-quite-what-it-says-a-link-5---more")]
    [InlineData("## The same\n## The same", "the-same-1")]
    [InlineData("```sh\n# a comment\n```\n# A heading", "a-heading")]
    public void A_heading_has_the_anchor_that_GitHub_gives(string page, string anchor) =>
        Assert.Equal(anchor, Anchors.Of(page)[^1]);

    private static IEnumerable<string> LinksOf(string page) =>
        Link().Matches(Prose.Of(ManualPages.Read(page))).Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal));

    private static bool Leads(string page, string link)
    {
        var (path, anchor) = link.Split('#', 2) is [var file, var heading] ? (file, heading) : (link, null);
        var target = path.Length == 0 ? page : Path.Join(Path.GetDirectoryName(page), path);
        var full = Path.GetFullPath(Repository.PathOf(target));
        if (!File.Exists(full) && !Directory.Exists(full))
        {
            return false;
        }

        return anchor is null || Anchors.Of(File.ReadAllText(full)).Contains(anchor);
    }

    // Inline links and images, and definitions of links, whose target has no spaces.
    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(?:\s+""[^""]*"")?\)|^\[[^\]]+\]: *(?<target>\S+)|\b(?:src|srcset|href)=""(?<target>[^""]+)""", RegexOptions.Multiline)]
    private static partial Regex Link();
}

using System.Text.RegularExpressions;

namespace Pat.Manual.Tests;

/// <summary>A page for each capability, and the same sections on each: what it is, how it is used, its options, its telemetry, patterns and mistakes.</summary>
public sealed partial class SectionTests
{
    private const string Options = "Options";

    private static readonly string[] Sections = [Options, "Telemetry", "Patterns", "Mistakes"];

    /// <summary>The pages of docs that are none of a capability, and why. Whoever adds a page gives it the sections, or a line here.</summary>
    private static readonly Dictionary<string, string> Others = new()
    {
        ["docs/CHANGELOG.md"] = "what changed",
        ["docs/README.md"] = "the index",
        ["docs/architecture.md"] = "how Pat is built",
        ["docs/comparison.md"] = "what else there is",
        ["docs/dependencies.md"] = "what Pat stands on",
        ["docs/fuzzing.md"] = "how Pat is tested",
        ["docs/getting-started.md"] = "a first session, which leads to the capabilities",
        ["docs/known-failures.md"] = "how Pat is tested",
        ["docs/mutation.md"] = "how Pat is tested",
        ["docs/options.md"] = "the reference that the sections Options lead to",
        ["docs/packages.md"] = "how Pat is released",
        ["docs/performance-figures.md"] = "what was measured",
        ["docs/performance.md"] = "what was measured",
        ["docs/security.md"] = "what is defended",
        ["docs/telemetry.md"] = "the reference that the sections Telemetry lead to",
    };

    public static TheoryData<string> EachPage => [.. ManualPages.All];

    public static TheoryData<string> EachCapability => [.. Capabilities];

    private static IEnumerable<string> Pages => ManualPages.All.Where(page => Path.GetDirectoryName(page) == "docs");

    private static IEnumerable<string> Capabilities => Pages.Except(Others.Keys);

    [Theory]
    [MemberData(nameof(EachCapability))]
    public void A_capability_has_its_sections_in_order(string page) =>
        Assert.Equal(Sections, SectionsOf(page).Select(section => section.Heading).Where(Sections.Contains));

    [Theory]
    [MemberData(nameof(EachCapability))]
    public void None_of_them_is_empty(string page) =>
        Assert.DoesNotContain(SectionsOf(page), section => Sections.Contains(section.Heading) && section.Text.Trim().Length < "It has none.".Length);

    [Theory]
    [MemberData(nameof(EachCapability))]
    public void A_capability_says_first_what_it_is(string page) =>
        Assert.Matches(@"^# [^\n]+\n\n(## [^\n]+\n\n)?[*`\[]*\p{L}", ManualPages.Read(page));

    [Theory]
    [MemberData(nameof(EachCapability))]
    public void A_capability_shows_its_use(string page) => Assert.Contains(ManualPages.Blocks, block => block.Page == page && block.Language == "csharp");

    /// <summary>With their defaults and ranges, which Pat.Docs.Tests compares with the code: here, or where the reference has them.</summary>
    [Theory]
    [MemberData(nameof(EachCapability))]
    public void Its_options_have_their_defaults_and_ranges(string page)
    {
        var options = SectionsOf(page).Single(section => section.Heading == Options).Text;

        Assert.True(
            options.Contains("| option | default | range |", StringComparison.Ordinal) || options.Contains("(options.md#", StringComparison.Ordinal),
            $"{page}: the section Options has no table `option | default | range`, and leads to no section of options.md.");
    }

    [Fact]
    public void Every_other_page_is_there() => Assert.Empty(Others.Keys.Except(Pages));

    [Theory]
    [MemberData(nameof(EachPage))]
    public void A_page_has_one_title(string page) => Assert.Single(Title().Matches(Prose.WithoutBlocks(ManualPages.Read(page))));

    private static IEnumerable<(string Heading, string Text)> SectionsOf(string page) =>
        Section().Split(ManualPages.Read(page)).Skip(1).Select(text => text.Split('\n', 2)).Select(parts => (parts[0], parts[1]));

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex("^# ", RegexOptions.Multiline)]
    private static partial Regex Title();
}

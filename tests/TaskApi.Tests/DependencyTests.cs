using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pat.TestSupport;

namespace TaskApi.Tests;

/// <summary>docs/dependencies.md gives a reason for each package that a project refers to, and for no other.</summary>
public sealed partial class DependencyTests
{
    private const string Analyzers = "Pat.AspNetCore.Analyzers";

    private static readonly string Document = File.ReadAllText(Repository.PathOf("docs/dependencies.md"));

    // The analyzers are part of the package of Pat.AspNetCore.
    public static TheoryData<string> EachPackage =>
        [.. Directory.GetDirectories(Repository.PathOf("src")).Select(directory => Path.GetFileName(directory)).Where(name => name != Analyzers)];

    [Theory]
    [MemberData(nameof(EachPackage))]
    public void What_a_package_stands_on_has_its_reasons(string package)
    {
        string[] projects = package == "Pat.AspNetCore" ? [package, Analyzers] : [package];
        var used = projects.SelectMany(project => FrameworksOf(project).Concat(PackagesOf($"src/{project}")))
            .Except(RowsBelow("## What builds and tests"));

        Assert.Equal(used.Order(), RowsBelow($"### {package}").Order());
    }

    [Fact]
    public void What_builds_and_tests_has_its_reasons()
    {
        var shipped = EachPackage.SelectMany(package => RowsBelow($"### {package.Data}"));
        var used = Projects("src").Concat(Projects("samples")).Concat(Projects("tests")).SelectMany(PackagesOf).Except(shipped);

        Assert.Equal(used.Order(), RowsBelow("## What builds and tests").Order());
    }

    [Fact]
    public void No_version_is_set_of_a_package_that_nobody_uses()
    {
        var set = XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(version => $"{version.Attribute("Include")!.Value} {version.Attribute("Version")!.Value}");

        Assert.Empty(set.Except(Row().Matches(Document).Select(Named)));
    }

    private static IEnumerable<string> Projects(string directory) =>
        Directory.GetFiles(Repository.PathOf(directory), "packages.lock.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.PathOf(""), Path.GetDirectoryName(file)!));

    private static IEnumerable<string> PackagesOf(string project)
    {
        using var locked = JsonDocument.Parse(File.ReadAllText(Repository.PathOf($"{project}/packages.lock.json")));
        return [.. locked.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").ValueEquals("Direct"))
            .Select(package => $"{package.Name} {package.Value.GetProperty("resolved").GetString()}")];
    }

    private static IEnumerable<string> FrameworksOf(string project) =>
        XDocument.Load(Repository.PathOf($"src/{project}/{project}.csproj")).Descendants("FrameworkReference")
            .Select(reference => $"{reference.Attribute("Include")!.Value} framework");

    private static IEnumerable<string> RowsBelow(string heading)
    {
        var start = Document.IndexOf($"\n{heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"There is no {heading}.");
        var end = Document.IndexOf("\n#", start + heading.Length, StringComparison.Ordinal);
        return Row().Matches(Document[start..end]).Select(Named);
    }

    private static string Named(Match row) => $"{row.Groups["name"].Value} {row.Groups["version"].Value}";

    [GeneratedRegex(@"^\| (?<name>[\w.-]+) \| (?<version>framework|\d[\w.-]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}

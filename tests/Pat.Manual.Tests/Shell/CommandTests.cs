using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pat.TestSupport;

namespace Pat.Manual.Tests;

/// <summary>What no test runs could be run: what such a command names is there, and in the version that this repository uses.</summary>
public sealed class CommandTests
{
    public static TheoryData<string> EachBlock =>
        [.. ShellTests.Shell.Where(block => ShellBlocks.All.Any(known => known.Is(block) && known.Test is null)).Select(block => block.Place)];

    [Theory]
    [MemberData(nameof(EachBlock))]
    public async Task What_its_commands_name_is_there(string place)
    {
        var commands = await DocumentedCommand.ReadAllAsync(ShellTests.Commands(ManualPages.At(place)));

        Assert.NotEmpty(commands);
        Assert.Empty(commands.Select(command => command.Words).Select(FaultOf).OfType<string>());
    }

    [Theory]
    [InlineData("dotnet add package Pat.No", "There is no package Pat.No here.")]
    [InlineData("dotnet add package Microsoft.Extensions.Hosting --version \"9.0.*\"", "There is no package Microsoft.Extensions.Hosting 9.0.* here.")]
    [InlineData("dotnet add reference ../pat/src/Pat.No/Pat.No.csproj", "There is no src/Pat.No/Pat.No.csproj.")]
    [InlineData("dotnet test --project tests/Pat.Security.Tests --filter-method '*.Row_999_*'", "tests/Pat.Security.Tests has no test *.Row_999_*.")]
    [InlineData("dotnet run -c Release --project tests/Pat.History -- no", "tests/Pat.History knows no \"no\".")]
    [InlineData("dotnet run -c Release --project tests/Pat.Fuzz -- tokens", "tests/Pat.Fuzz knows no \"tokens\".")]
    [InlineData("bash tests/mutation.sh hashing no", "There is no tests/mutation/no.json.")]
    [InlineData("bash tests/defences.sh 999", "There is no tests/defences/row-999-*.patch.")]
    [InlineData("dotnet new install Pat.No", "There is no templates/Pat.No.csproj.")]
    [InlineData("dotnet clean", "Nobody knows what to look at: dotnet clean")]
    public async Task What_is_not_there_is_told(string command, string fault) =>
        Assert.Equal(fault, FaultOf(Assert.Single(await DocumentedCommand.ReadAllAsync(command)).Words));

    private static string? FaultOf(IReadOnlyList<string> words) => words.ToArray() switch
    {
        ["dotnet", "add", "package", var package] => HasProject(package) ? null : $"There is no package {package} here.",
        ["dotnet", "add", "package", var package, "--version", var version] => Uses(package, version) ? null : $"There is no package {package} {version} here.",
        ["dotnet", "add", "reference", .. var projects] => FirstMissing(projects.Select(project => project.Replace("../pat/", "", StringComparison.Ordinal))),
        ["dotnet", "restore" or "list", var solution, ..] => FirstMissing([solution]),
        ["dotnet", "new", "install", var package] => FirstMissing([$"templates/{package}.csproj"]),
        ["dotnet", "new" or "ef", ..] or ["dotnet", "nuget", "add", "source", ..] => null,
        ["dotnet", "run"] or ["dotnet", "run", "--project", "Notes"] or ["curl", ..] => null, // An application of the reader's.
        ["dotnet", "test", "--project", var project, "--filter-method", var method] => FaultOfTests(project, method),
        ["dotnet", "run", "-c", "Release", "--project", var project, "--", .. var arguments] => FaultOfArguments(project, arguments),
        ["bash", "tests/mutation.sh", .. var areas] =>
            FirstMissing(areas.Where(area => !area.StartsWith('-')).Select(area => $"tests/mutation/{area}.json")),
        ["bash", "tests/defences.sh", .. var rows] => FirstMissing(rows.Select(row => $"tests/defences/row-{row.PadLeft(2, '0')}-*.patch")),
        ["bash", "tests/public-api.sh", .. var projects] => FirstMissing(projects.Select(project => $"src/{project}/{project}.csproj")),
        ["bash", var script, ..] => FirstMissing([script]),
        _ => $"Nobody knows what to look at: {string.Join(' ', words)}",
    };

    private static bool HasProject(string package) => FirstMissing([$"src/{package}/{package}.csproj"]) is null;

    /// <summary>A version may leave its last part open: <c>10.0.*</c>.</summary>
    private static bool Uses(string package, string version) =>
        XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
            .Where(element => element.Attribute("Include")?.Value == package)
            .Any(element => element.Attribute("Version")!.Value is var used
                && (version.EndsWith('*') ? used.StartsWith(version[..^1], StringComparison.Ordinal) : used == version));

    private static string? FaultOfTests(string project, string method)
    {
        var name = new Regex($@"public (async Task|void) {Regex.Escape(method[2..]).Replace(@"\*", @"\w*", StringComparison.Ordinal)}\(");
        return Sources(project).Any(name.IsMatch) ? null : $"{project} has no test {method}.";
    }

    /// <summary>Its sources choose by the first, and have the others as texts.</summary>
    private static string? FaultOfArguments(string project, string[] arguments)
    {
        var chosen = new Regex($@"case ""{arguments[0]}""|""{arguments[0]}"" =>|^ *\[""{arguments[0]}""\] = ", RegexOptions.Multiline);
        return arguments.Where((argument, index) => !Sources(project).Any(source =>
                index == 0 ? chosen.IsMatch(source) : source.Contains($"\"{argument}\"", StringComparison.Ordinal)))
            .Select(argument => $"{project} knows no \"{argument}\".").FirstOrDefault();
    }

    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Repository.PathOf(project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    private static string? FirstMissing(IEnumerable<string> files) =>
        files.Where(file => !IsThere(file)).Select(file => $"There is no {file}.").FirstOrDefault();

    private static bool IsThere(string file) => file.Contains('*', StringComparison.Ordinal)
        ? Directory.GetFiles(Repository.PathOf(Path.GetDirectoryName(file)!), Path.GetFileName(file)).Length > 0
        : File.Exists(Repository.PathOf(file));
}

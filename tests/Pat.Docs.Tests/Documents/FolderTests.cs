using Pat.TestSupport;

namespace Pat.Docs.Tests;

/// <summary>Whoever knows where something is knows where its tests are.</summary>
public sealed class FolderTests
{
    /// <summary>Each project with tests of its own, and what only these have.</summary>
    public static TheoryData<string, string[]> Own => new()
    {
        { "Pat.AspNetCore", ["Configuration", "Probes"] },
        { "Pat.AspNetCore.Analyzers", [] },
        { "Pat.AspNetCore.OpenApi", ["Hosting"] },
        { "Pat.AspNetCore.UI", ["Configuration", "Hosting", "Pages", "Probes", "Views"] },
        { "Pat.Client", ["Documentation", "Servers"] },
        { "Pat.Core", ["Applications", "Vectors"] },
        { "Pat.EntityFrameworkCore", [] },
        { "Pat.EntityFrameworkCore.PostgreSQL", ["Concurrency"] },
        { "Pat.Identity", [] },
        { "Pat.Redis", [] },
        { "Pat.Testing", ["Documentation"] },
    };

    [Theory]
    [MemberData(nameof(Own))]
    public void Tests_have_the_folders_of_what_they_test_beside_their_own(string project, string[] own) =>
        Assert.Equal(own, FoldersOf($"tests/{project}.Tests").Except(FoldersOf($"src/{project}")).Order(StringComparer.Ordinal));

    [Fact]
    public void No_project_is_left_out() =>
        Assert.Equal(FoldersOf("src").Order(StringComparer.Ordinal), Own.Select(static row => row.Data.Item1));

    private static IEnumerable<string> FoldersOf(string path) =>
        Directory.GetDirectories(Repository.PathOf(path)).Select(static folder => Path.GetFileName(folder)).Except(["bin", "obj"]);
}

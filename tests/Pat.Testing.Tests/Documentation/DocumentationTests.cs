using Pat.TestSupport;

namespace Pat.Testing.Tests;

/// <summary>What docs/testing.md shows is compiled, and run.</summary>
public sealed class DocumentationTests
{
    private static readonly string[] Files =
    [
        "Pat.Testing.Tests/Documentation/TasksFactory.cs",
        "Pat.Testing.Tests/Documentation/TasksTests.cs",
        "Pat.Testing.Tests/IdentityOwnerTests.cs",
        "TaskApi.Tests/MigratedFactory.cs",
    ];

    [Fact]
    public async Task Its_code_is_run()
    {
        var run = "";
        foreach (var file in Files)
        {
            run += Unindented(await File.ReadAllTextAsync(Repository.PathOf($"tests/{file}")));
        }

        var page = await File.ReadAllTextAsync(Repository.PathOf("docs/testing.md"));
        var blocks = page.Split("```csharp\n").Skip(1).Select(static rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]).ToList();

        Assert.Equal(7, blocks.Count);
        Assert.All(blocks, block => Assert.Contains(Unindented(block), run, StringComparison.Ordinal));
    }

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(static line => line.Trim()));
}

namespace Pat.Manual.Tests;

/// <summary>Every C# block of the manual compiles, without warnings.</summary>
public sealed class CodeTests
{
    public static TheoryData<string> EachBlock => [.. CSharp.Select(block => block.Place)];

    private static IEnumerable<Block> CSharp => ManualPages.Blocks.Where(block => block.Language == "csharp");

    [Theory]
    [MemberData(nameof(EachBlock))]
    public async Task It_compiles(string place) => Assert.Empty(await ManualCompiler.FaultsOfAsync(ManualPages.At(place)));

    [Fact]
    public void Every_surrounding_is_used() =>
        Assert.Empty(Surroundings.Names.Except(CSharp.Select(block => block.Surroundings).OfType<string>()));

    [Theory]
    [InlineData(null, "var builder = WebApplication.CreateBuilder(args);\nbuilder.Service.AddRazorPages();\n", "page.md:12: CS1061")]
    [InlineData("program", "using No.Such;\n\napp.MapGet(\"/\", () => 1);", "page.md:11: CS0246")]
    [InlineData("program", "using System.Text;\n\napp.MapGe(\"/\", () => 1);", "page.md:13: CS1061")]
    [InlineData("method", "string owner = found.OwnerId;\n\nstring address = found.LastUsedAddress;", "page.md:13: CS8600")]
    [InlineData("program", "app.MapPost(\"/\", () => 1).RequireScope(\"read\");", "page.md:11: PAT001")]
    public async Task A_fault_is_told_with_its_line(string? surroundings, string text, string fault)
    {
        var faults = await ManualCompiler.FaultsOfAsync(new Block("page.md", 10, "csharp", surroundings, text));

        Assert.StartsWith(fault, Assert.Single(faults), StringComparison.Ordinal);
    }
}

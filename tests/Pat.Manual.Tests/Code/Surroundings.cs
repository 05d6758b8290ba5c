using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pat.TestSupport;

namespace Pat.Manual.Tests;

/// <summary>
/// What a fragment is compiled in. A block without a mark is a whole program, or whole types: it is compiled as it stands, with the
/// implicit usings of a web project. A marked one takes the place of a line of the file that the mark names, its using directives
/// going to the top, and finds the types of Surroundings/Application, but for those that it declares itself.
/// </summary>
internal static class Surroundings
{
    private const string Directory = "tests/Pat.Manual.Tests/Surroundings";
    private const string Place = "// the block";

    /// <summary>The language of .NET 10, without what is a preview of the next.</summary>
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14);

    private static readonly SyntaxTree ImplicitUsings = Parse($"{Directory}/implicit-usings.cs");

    /// <summary>The names of all surroundings.</summary>
    public static IEnumerable<string> Names =>
        Files("").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "implicit-usings");

    /// <summary>What is compiled for a block. Diagnostics in it name the page and its line.</summary>
    public static IReadOnlyList<SyntaxTree> Compose(Block block)
    {
        if (block.Surroundings is null)
        {
            return [ImplicitUsings, Parse(block.Page, Located(block, block.Line + 1, block.Text))];
        }

        if (!Names.Contains(block.Surroundings))
        {
            throw new InvalidDataException($"{block.Place}: there is no {Directory}/{block.Surroundings}.cs.");
        }

        var file = $"{Directory}/{block.Surroundings}.cs";
        var root = CSharpSyntaxTree.ParseText(block.Text, Options).GetCompilationUnitRoot();
        var (usings, rest) = Divide(block.Text, root);
        var around = File.ReadAllText(Repository.PathOf(file));
        var composed = around.Replace(
            $"{Place}\n", $"{Located(block, block.Line + 1 + usings.Count(c => c == '\n'), rest)}\n#line hidden\n", StringComparison.Ordinal);
        var declared = root.Members.OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.Text).ToHashSet();
        return
        [
            ImplicitUsings,
            Parse(file, $"{Located(block, block.Line + 1, usings)}\n#line 1 \"{file}\"\n{composed}"),
            .. Files("Application").Where(type => !declared.Contains(Path.GetFileNameWithoutExtension(type))).Select(Parse),
        ];
    }

    private static (string Usings, string Statements) Divide(string text, CompilationUnitSyntax root)
    {
        var end = root.Usings.Count == 0 ? 0 : root.Usings[^1].FullSpan.End;
        return (text[..end], text[end..]);
    }

    private static string Located(Block block, int line, string text) => $"#line {line} \"{block.Page}\"\n{text}";

    private static IEnumerable<string> Files(string directory) =>
        System.IO.Directory.GetFiles(Repository.PathOf($"{Directory}/{directory}"), "*.cs")
            .Select(file => Path.GetRelativePath(Repository.PathOf(""), file)).Order(StringComparer.Ordinal);

    private static SyntaxTree Parse(string file) => Parse(file, File.ReadAllText(Repository.PathOf(file)));

    private static SyntaxTree Parse(string file, string text) => CSharpSyntaxTree.ParseText(text, Options, file);
}

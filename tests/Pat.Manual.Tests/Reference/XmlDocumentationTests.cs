using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Pat.Manual.Tests;

/// <summary>Every public type and member of the packages says in its XML documentation what it is.</summary>
public sealed class XmlDocumentationTests
{
    private static readonly SymbolDisplayFormat Signature = SymbolDisplayFormat.CSharpErrorMessageFormat;

    public static TheoryData<string> EachAssembly =>
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "Pat.*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => Directory.Exists(TestSupport.Repository.PathOf($"src/{name}")))
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void The_assemblies_are_those_of_the_packages() => Assert.Equal(
        Directory.GetDirectories(TestSupport.Repository.PathOf("src")).Select(Path.GetFileName).Order(StringComparer.Ordinal),
        EachAssembly.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(EachAssembly))]
    public void All_of_it_is_documented(string name)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
        var assembly = MetadataReference.CreateFromFile(file);
        var compilation = CSharpCompilation.Create("Reader", references: [.. ManualCompiler.References, assembly]);
        var symbol = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(assembly)!;
        var documented = XDocument.Load(Path.ChangeExtension(file, ".xml")).Descendants("member")
            .Where(member => member.Elements().Any(element => element.Name == "inheritdoc" || !string.IsNullOrWhiteSpace(element.Value)))
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet(StringComparer.Ordinal);

        var visible = Visible(symbol.GlobalNamespace).ToList();

        Assert.NotEmpty(visible);
        Assert.Empty(visible.Where(each => !documented.Contains(each.GetDocumentationCommentId()!)).Select(each => each.ToDisplayString(Signature)));
    }

    private static IEnumerable<ISymbol> Visible(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamespaceSymbol inner)
            {
                foreach (var each in Visible(inner))
                {
                    yield return each;
                }
            }
            else if (IsVisible(member))
            {
                yield return member;
                foreach (var each in member is INamedTypeSymbol type ? Visible(type) : [])
                {
                    yield return each;
                }
            }
        }
    }

    /// <summary>Not what compilers make of something else (Razor's <c>_Imports</c> is its directives), and no override, which inherits what it is.</summary>
    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
        && !symbol.IsOverride
        && symbol.Name != "_Imports"
        && symbol.ContainingType?.Name != "_Imports"
        && !symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute")
        && symbol is not IMethodSymbol { AssociatedSymbol: not null }
        && symbol is not IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0 }
        && symbol is not IFieldSymbol { Name: "value__" };
}

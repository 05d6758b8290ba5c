using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Pat.AspNetCore.Analyzers;

namespace Pat.Manual.Tests;

/// <summary>Compiles blocks of the manual against this project's own references, which are those of an application that uses everything.</summary>
internal static class ManualCompiler
{
    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    // CS8321: a fragment does not call every local function of its surroundings. CS0105: it may have a using that they have, too. CS1701, CS1702: one version of an assembly in place
    // of another; the SDK does not tell of them either.
    private static readonly CSharpCompilationOptions Options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        .WithNullableContextOptions(NullableContextOptions.Enable)
        .WithSpecificDiagnosticOptions(new Dictionary<string, ReportDiagnostic>
        {
            ["CS0105"] = ReportDiagnostic.Suppress,
            ["CS1701"] = ReportDiagnostic.Suppress,
            ["CS1702"] = ReportDiagnostic.Suppress,
            ["CS8321"] = ReportDiagnostic.Suppress,
        });

    // What is read of the references is shared by all that is made of this one.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create("Manual", references: References, options: Options);

    /// <summary>What the compiler, and Pat's own analyzer, have against a block: a line for each, with the page and its line.</summary>
    public static async Task<IReadOnlyList<string>> FaultsOfAsync(Block block)
    {
        var diagnostics = await Compile(block).WithAnalyzers([new ReadScopeOnWriteAnalyzer()]).GetAllDiagnosticsAsync();
        return [.. diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(Describe)];
    }

    public static CSharpCompilation Compile(Block block)
    {
        var trees = Surroundings.Compose(block);
        var isProgram = trees.Any(tree => tree.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any());
        return Empty.AddSyntaxTrees(trees)
            .WithOptions(Options.WithOutputKind(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary));
    }

    private static string Describe(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetMappedLineSpan();
        return $"{place.Path}:{place.StartLinePosition.Line + 1}: {diagnostic.Id} {diagnostic.GetMessage(null)}";
    }
}

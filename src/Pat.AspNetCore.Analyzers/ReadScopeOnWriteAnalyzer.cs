using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Pat.AspNetCore.Analyzers;

/// <summary>
/// PAT001: an endpoint for POST, PUT, PATCH or DELETE, by its mapping or as a controller's action, asks tokens for <c>read</c>
/// alone, so that a token which may only read changes something.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReadScopeOnWriteAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "PAT001";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An endpoint that changes something asks tokens for the scope read alone",
        "{0} takes tokens that hold no more than 'read'. Ask for 'write', or for a scope of its own; suppress this where it changes nothing.",
        "Security",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Who gives a token 'read' alone expects that nothing can be changed with it.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationBlockAction(AnalyzeMappings);
        context.RegisterSymbolAction(AnalyzeAction, SymbolKind.Method);
    }

    private static void AnalyzeAction(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (!WritingMethods.IsAction(method))
        {
            return;
        }

        var stated = new StatedScopes();
        stated.AddMethod(method);
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            stated.AddAttributes(type);
        }

        if (stated.IsReadAlone)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, method.Locations[0], $"{method.ContainingType.Name}.{method.Name}"));
        }
    }

    private static void AnalyzeMappings(OperationBlockAnalysisContext context)
    {
        LocalVariables? variables = null;
        foreach (var mapping in context.OperationBlocks.SelectMany(block => block.Descendants())
            .OfType<IInvocationOperation>()
            .Where(WritingMethods.IsMapping))
        {
            variables ??= new LocalVariables(context.OperationBlocks);
            if (new MappedEndpoint(mapping, variables).Stated.IsReadAlone)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, NameOf(mapping.Syntax).GetLocation(), mapping.TargetMethod.Name));
            }
        }
    }

    private static SyntaxNode NameOf(SyntaxNode call) =>
        call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? access.Name : call;
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

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

    private const string Ours = "Microsoft.AspNetCore.Builder.PersonalAccessTokenEndpointConventionBuilderExtensions";
    private const string Framework = "Microsoft.AspNetCore.Builder.";
    private const int MostSteps = 100;

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An endpoint that changes something asks tokens for the scope read alone",
        "{0} takes tokens that hold no more than 'read'. Ask for 'write', or for a scope of its own; suppress this where it changes nothing.",
        "Security",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Who gives a token 'read' alone expects that nothing can be changed with it.");

    private static readonly string[] Writing = ["POST", "PUT", "PATCH", "DELETE"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(AnalyzeMapping, SyntaxKind.InvocationExpression);
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

    private static void AnalyzeMapping(SyntaxNodeAnalysisContext context)
    {
        var mapping = (InvocationExpressionSyntax)context.Node;
        if (mapping.Expression is not MemberAccessExpressionSyntax { Name: { Identifier.ValueText: var name } place } access
            || !name.StartsWith("Map", System.StringComparison.Ordinal)
            || !IsWriting(mapping, name, context.SemanticModel))
        {
            return;
        }

        var stated = new StatedScopes();
        AddOuter(mapping, stated, context.SemanticModel);
        AddInner(access.Expression, stated, context.SemanticModel);
        if (stated.IsReadAlone)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, place.GetLocation(), name));
        }
    }

    private static bool IsWriting(InvocationExpressionSyntax mapping, string name, SemanticModel model)
    {
        if (name is not ("MapPost" or "MapPut" or "MapPatch" or "MapDelete" or "MapMethods")
            || model.GetSymbolInfo(mapping).Symbol is not IMethodSymbol method
            || !method.ContainingType.ToDisplayString().StartsWith(Framework, System.StringComparison.Ordinal))
        {
            return false;
        }

        return name != "MapMethods"
            || mapping.ArgumentList.Arguments.SelectMany(argument => argument.Expression.DescendantNodesAndSelf())
                .OfType<ExpressionSyntax>()
                .Any(expression => model.GetConstantValue(expression).Value is string text && Writing.Contains(text));
    }

    /// <summary>What is stated on the endpoint: the calls on what the mapping returns.</summary>
    private static void AddOuter(InvocationExpressionSyntax mapping, StatedScopes stated, SemanticModel model)
    {
        SyntaxNode node = mapping;
        while (node.Parent is MemberAccessExpressionSyntax access && access.Expression == node
            && access.Parent is InvocationExpressionSyntax call)
        {
            AddCall(call, stated, model);
            node = call;
        }
    }

    /// <summary>What is stated on its groups: the calls that what it is mapped on came from, through local variables.</summary>
    private static void AddInner(ExpressionSyntax receiver, StatedScopes stated, SemanticModel model)
    {
        var steps = 0;
        ExpressionSyntax? node = receiver;
        while (node is not null && steps++ < MostSteps)
        {
            switch (node)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    node = parenthesized.Expression;
                    break;

                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call:
                    AddCall(call, stated, model);
                    node = access.Expression;
                    break;

                case IdentifierNameSyntax when model.GetSymbolInfo(node).Symbol is ILocalSymbol local:
                    node = local.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax())
                        .OfType<VariableDeclaratorSyntax>()
                        .Select(declarator => declarator.Initializer?.Value)
                        .FirstOrDefault();
                    break;

                default:
                    return;
            }
        }
    }

    private static void AddCall(InvocationExpressionSyntax call, StatedScopes stated, SemanticModel model)
    {
        if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
        {
            return;
        }

        var type = method.ContainingType.ToDisplayString();
        if (type == Ours && method.Name == "RequireScope")
        {
            foreach (var scope in ValuesOf(call))
            {
                stated.Add(model.GetConstantValue(scope).Value as string);
            }
        }
        else if (type == Ours && method.Name is "RequireScopeByMethod" or "RefuseTokens"
            || method.Name is "AllowAnonymous" && type.StartsWith(Framework, System.StringComparison.Ordinal))
        {
            stated.AddUnknown();
        }
        else if (method.Name == "RequireAuthorization" && type.StartsWith(Framework, System.StringComparison.Ordinal))
        {
            foreach (var policy in ValuesOf(call))
            {
                stated.AddPolicy(model.GetConstantValue(policy).Value as string);
            }
        }
    }

    /// <summary>The arguments, and the elements of one that is a collection.</summary>
    private static IEnumerable<ExpressionSyntax> ValuesOf(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.SelectMany(argument => argument.Expression switch
        {
            CollectionExpressionSyntax collection => collection.Elements.OfType<ExpressionElementSyntax>().Select(element => element.Expression),
            ArrayCreationExpressionSyntax { Initializer: { } items } => items.Expressions,
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
            var value => (IEnumerable<ExpressionSyntax>)[value],
        });
}

using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pat.AspNetCore.Analyzers;

/// <summary>
/// Reads what an endpoint asks of tokens where it is mapped: the attributes of its handler, the calls on it, and those on its
/// groups. Statements add up, so wherever some may stand that can't be seen nothing is known.
/// </summary>
internal sealed class MappedEndpoint
{
    private readonly LocalVariables _variables;
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);

    public MappedEndpoint(IInvocationOperation mapping, LocalVariables variables)
    {
        _variables = variables;
        AddHandler(mapping.Arguments.FirstOrDefault(argument => argument.Parameter?.Name is "handler" or "requestDelegate")?.Value);
        AddUse(mapping);
        AddOrigin(ReceiverOf(mapping));
    }

    public StatedScopes Stated { get; } = new();

    private void AddHandler(IOperation? handler)
    {
        switch (handler)
        {
            case IConversionOperation conversion:
                AddHandler(conversion.Operand);
                break;

            case IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda }:
                Stated.AddMethod(lambda.Symbol);
                break;

            case IDelegateCreationOperation { Target: IMethodReferenceOperation reference }:
                Stated.AddMethod(reference.Method);
                break;

            default:
                Stated.AddUnknown();
                break;
        }
    }

    /// <summary>What is stated on an endpoint or a group by what is done with it: further calls on it, through variables too.</summary>
    private void AddUse(IOperation builder)
    {
        switch (builder.Parent)
        {
            case IConversionOperation conversion:
                AddUse(conversion);
                break;

            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation variable }:
                AddUses(variable.Symbol);
                break;

            case IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation }:
                break;

            default:
                AddNextCall(builder);
                break;
        }
    }

    private void AddNextCall(IOperation builder)
    {
        var call = (builder.Parent is IArgumentOperation argument ? argument.Parent : builder.Parent) as IInvocationOperation;
        if (call is null)
        {
            Stated.AddUnknown();
        }
        else if (!IsMapping(call))
        {
            AddCall(call);
            AddUse(call);
        }
    }

    private void AddUses(ILocalSymbol variable)
    {
        if (_followed.Add(variable))
        {
            foreach (var use in _variables.UsesOf(variable))
            {
                AddUse(use);
            }
        }
    }

    /// <summary>What is stated on the groups of an endpoint: on what it is mapped on, and on what that came from.</summary>
    private void AddOrigin(IOperation? origin)
    {
        switch (origin)
        {
            // The application is no group: nothing can be stated on it. A method that maps on whatever it is given is read as if that
            // were the application: its endpoints are nearly always all that is said of them.
            case { Type: { Name: "WebApplication" } type } when type.ToDisplayString() == "Microsoft.AspNetCore.Builder.WebApplication":
            case IParameterReferenceOperation { Parameter.Type.Name: "IEndpointRouteBuilder" }:
                break;

            case IConversionOperation conversion:
                AddOrigin(conversion.Operand);
                break;

            case IInvocationOperation call:
                AddCall(call);
                AddOrigin(ReceiverOf(call));
                break;

            case ILocalReferenceOperation { Local: var variable } when !_followed.Contains(variable):
                AddUses(variable);
                AddOrigin(_variables.ValueOf(variable));
                break;

            default:
                Stated.AddUnknown();
                break;
        }
    }

    private void AddCall(IInvocationOperation call)
    {
        switch (IsKnown(call.TargetMethod) ? call.TargetMethod.Name : null)
        {
            case "RequireScope":
                foreach (var scope in ValuesOf(call))
                {
                    Stated.Add(scope);
                }

                break;

            case "RequireAuthorization":
                foreach (var policy in ValuesOf(call))
                {
                    Stated.AddPolicy(policy);
                }

                break;

            case null or "RequireScopeByMethod" or "RefuseTokens" or "AllowAnonymous" or "WithMetadata" or "Add" or "Finally":
                Stated.AddUnknown();
                break;
        }
    }

    /// <summary>The constants among what it is called with, the elements of a collection one by one, and null for all else.</summary>
    private static IEnumerable<string?> ValuesOf(IInvocationOperation call) =>
        call.Arguments.Skip(1).SelectMany(argument => ElementsOf(argument.Value)).Select(value => value.ConstantValue.Value as string);

    private static IEnumerable<IOperation> ElementsOf(IOperation value) => value switch
    {
        IConversionOperation conversion => ElementsOf(conversion.Operand),
        IArrayCreationOperation { Initializer: { } items } => items.ElementValues,
        ICollectionExpressionOperation collection => collection.Elements,
        _ => [value],
    };

    private static IOperation? ReceiverOf(IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsExtensionMethod ? call.Arguments[0].Value : null);

    /// <summary>Whether it makes a new endpoint or group on what it is called on, and states nothing on that.</summary>
    private static bool IsMapping(IInvocationOperation call) =>
        call.TargetMethod.Name.StartsWith("Map", StringComparison.Ordinal) && IsKnown(call.TargetMethod);

    /// <summary>Whether what it states is known here: methods of an application or of other packages may state anything.</summary>
    private static bool IsKnown(IMethodSymbol method) =>
        method.ContainingAssembly.Name is var assembly
        && (assembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || assembly.StartsWith("Pat.AspNetCore", StringComparison.Ordinal));
}

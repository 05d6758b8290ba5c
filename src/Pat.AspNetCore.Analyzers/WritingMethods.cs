using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pat.AspNetCore.Analyzers;

/// <summary>Which endpoints answer to a method that changes something.</summary>
internal static class WritingMethods
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase) { "POST", "PUT", "PATCH", "DELETE" };

    /// <summary>Whether it is an action for one of them.</summary>
    public static bool IsAction(IMethodSymbol method) => method.GetAttributes().Any(IsOfAction);

    /// <summary>Whether it maps an endpoint for one of them.</summary>
    public static bool IsMapping(IInvocationOperation call) =>
        call.TargetMethod.Name is "MapPost" or "MapPut" or "MapPatch" or "MapDelete" or "MapMethods"
        && call.TargetMethod.ContainingType.ToDisplayString() == "Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions"
        && (call.TargetMethod.Name != "MapMethods" || TakesOne(call));

    private static bool IsOfAction(AttributeData attribute) =>
        attribute.AttributeClass is { } type
        && (type.Name is "HttpPostAttribute" or "HttpPutAttribute" or "HttpPatchAttribute" or "HttpDeleteAttribute"
            || (type.Name is "AcceptVerbsAttribute" && attribute.ConstructorArguments.Any(HoldsOne)))
        && type.ContainingNamespace.ToDisplayString() == "Microsoft.AspNetCore.Mvc";

    private static bool HoldsOne(TypedConstant argument) =>
        argument.Kind == TypedConstantKind.Array
            ? !argument.IsNull && argument.Values.Any(HoldsOne)
            : argument.Value is string name && Names.Contains(name);

    private static bool TakesOne(IInvocationOperation mapping) =>
        mapping.Arguments.Any(argument => argument.Parameter?.Name == "httpMethods" && argument.Descendants().Any(IsOne));

    /// <summary>A constant, or one of the fields of <c>HttpMethods</c>, which are none and have the methods' names.</summary>
    private static bool IsOne(IOperation value) => value switch
    {
        { ConstantValue: { HasValue: true, Value: string name } } => Names.Contains(name),
        IFieldReferenceOperation { Field: var field } =>
            Names.Contains(field.Name) && field.ContainingType.ToDisplayString() == "Microsoft.AspNetCore.Http.HttpMethods",
        _ => false,
    };
}

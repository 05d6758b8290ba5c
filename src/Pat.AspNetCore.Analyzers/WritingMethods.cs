using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Pat.AspNetCore.Analyzers;

/// <summary>Which endpoints answer to a method that changes something.</summary>
internal static class WritingMethods
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase) { "POST", "PUT", "PATCH", "DELETE" };

    /// <summary>Whether it is an action for one of them.</summary>
    public static bool IsAction(IMethodSymbol method) => method.GetAttributes().Any(IsOfAction);

    private static bool IsOfAction(AttributeData attribute) =>
        attribute.AttributeClass is { } type
        && (type.Name is "HttpPostAttribute" or "HttpPutAttribute" or "HttpPatchAttribute" or "HttpDeleteAttribute"
            || (type.Name is "AcceptVerbsAttribute" && attribute.ConstructorArguments.Any(HoldsOne)))
        && type.ContainingNamespace.ToDisplayString() == "Microsoft.AspNetCore.Mvc";

    private static bool HoldsOne(TypedConstant argument) =>
        argument.Kind == TypedConstantKind.Array
            ? !argument.IsNull && argument.Values.Any(HoldsOne)
            : argument.Value is string name && Names.Contains(name);
}

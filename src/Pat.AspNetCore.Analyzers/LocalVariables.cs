using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pat.AspNetCore.Analyzers;

/// <summary>The local variables of a body of code.</summary>
internal sealed class LocalVariables(ImmutableArray<IOperation> blocks)
{
    private readonly ILookup<ISymbol, IOperation?> _values = blocks.SelectMany(block => block.Descendants())
        .OfType<IVariableDeclaratorOperation>()
        .ToLookup(declarator => (ISymbol)declarator.Symbol, declarator => declarator.Initializer?.Value, SymbolEqualityComparer.Default);

    private readonly ILookup<ISymbol, IOperation> _uses = blocks.SelectMany(block => block.Descendants())
        .OfType<ILocalReferenceOperation>()
        .ToLookup(use => (ISymbol)use.Local, use => (IOperation)use, SymbolEqualityComparer.Default);

    /// <summary>What it begins with, where its declaration says so.</summary>
    public IOperation? ValueOf(ILocalSymbol local) => _values[local].FirstOrDefault();

    public IEnumerable<IOperation> UsesOf(ILocalSymbol local) => _uses[local];
}

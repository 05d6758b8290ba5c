using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Pat.AspNetCore.Analyzers;

/// <summary>What an endpoint asks of tokens, as far as the code shows.</summary>
internal sealed class StatedScopes
{
    private const string Read = "read";

    /// <summary>What the names of policies for scopes begin with.</summary>
    private const string Policy = "PersonalAccessToken:";

    private const string Authorize = "Microsoft.AspNetCore.Authorization.AuthorizeAttribute";

    private readonly HashSet<string> _scopes = [];
    private bool _isUnknown;

    /// <summary>Whether it asks for <c>read</c> and, as far as can be seen, for nothing else.</summary>
    public bool IsReadAlone => !_isUnknown && _scopes.Count == 1 && _scopes.Contains(Read);

    public void Add(string? scope)
    {
        if (scope is null)
        {
            _isUnknown = true;
        }
        else
        {
            _scopes.Add(scope);
        }
    }

    /// <summary>A policy by its name: one for a scope says which, of any other nothing can be seen.</summary>
    public void AddPolicy(string? policy) =>
        Add(policy?.StartsWith(Policy, System.StringComparison.Ordinal) == true ? policy.Substring(Policy.Length) : null);

    /// <summary>Something stands beside it that the code does not show.</summary>
    public void AddUnknown() => _isUnknown = true;

    /// <summary>What an action or a handler states itself, or takes over from what it overrides.</summary>
    public void AddMethod(IMethodSymbol method)
    {
        for (var each = method; each is not null; each = each.OverriddenMethod)
        {
            AddAttributes(each);
        }
    }

    public void AddAttributes(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            switch (attribute.AttributeClass?.ToDisplayString())
            {
                case "Pat.AspNetCore.RequireScopeAttribute":
                    Add(attribute.ConstructorArguments.FirstOrDefault().Value as string);
                    break;

                case Authorize:
                    AddAuthorize(attribute);
                    break;

                // Open to everybody, or to no token.
                case "Microsoft.AspNetCore.Authorization.AllowAnonymousAttribute":
                case "Pat.AspNetCore.RefuseTokensAttribute":
                    AddUnknown();
                    break;

                case not "Pat.AspNetCore.AllowAnyTokenAttribute" when IsAuthorize(attribute.AttributeClass):
                    AddUnknown();
                    break;
            }
        }
    }

    /// <summary>An attribute of the application's own, which does not show its policy.</summary>
    private static bool IsAuthorize(INamedTypeSymbol? type) =>
        type is not null && (type.ToDisplayString() == Authorize || IsAuthorize(type.BaseType));

    private void AddAuthorize(AttributeData attribute)
    {
        var policy = attribute.ConstructorArguments.Length > 0
            ? attribute.ConstructorArguments[0]
            : attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Policy").Value;
        if (policy.Value is string name)
        {
            AddPolicy(name);
        }
    }
}

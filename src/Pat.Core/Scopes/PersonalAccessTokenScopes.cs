using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>The scopes that the application knows, and what holding them amounts to.</summary>
public sealed class PersonalAccessTokenScopes
{
    private readonly FrozenDictionary<string, string[]> _expanded;

    /// <summary>The scopes of the options.</summary>
    public PersonalAccessTokenScopes(IOptions<PersonalAccessTokenOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        All = [.. options.Value.Scopes];
        Names = [.. All.Select(scope => scope.Name)];
        var byName = All.ToDictionary(scope => scope.Name, StringComparer.Ordinal);
        _expanded = All.ToFrozenDictionary(
            scope => scope.Name, scope => Closure(scope, byName), StringComparer.Ordinal);
    }

    /// <summary>All scopes, in the order they were added.</summary>
    public IReadOnlyList<PersonalAccessTokenScope> All { get; }

    /// <summary>Their names, in the same order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether the application knows a scope of this name, its case included.</summary>
    public bool Contains(string name) => _expanded.ContainsKey(name);

    /// <summary>
    /// The scopes that <paramref name="held"/> amount to: themselves and what they imply, each once, in the order they
    /// were added. A name that the application does not know amounts to nothing.
    /// </summary>
    public IReadOnlyList<string> Expand(IReadOnlyCollection<string> held)
    {
        ArgumentNullException.ThrowIfNull(held);
        var expanded = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in held)
        {
            // A damaged row can have a null among them.
            if (name is not null && _expanded.TryGetValue(name, out var amounting))
            {
                expanded.UnionWith(amounting);
            }
        }

        return [.. Names.Where(expanded.Contains)];
    }

    private static string[] Closure(PersonalAccessTokenScope scope, Dictionary<string, PersonalAccessTokenScope> byName)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<PersonalAccessTokenScope>([scope]);
        while (waiting.TryPop(out var next))
        {
            if (reached.Add(next.Name))
            {
                foreach (var implied in next.Implies)
                {
                    waiting.Push(byName[implied]);
                }
            }
        }

        return [.. reached];
    }
}

using System.Collections.Concurrent;

namespace Pat;

/// <summary>Keeps one grant for each combination of scopes: many tokens hold few different ones.</summary>
internal sealed class ScopeGrants(PersonalAccessTokenScopes scopes)
{
    /// <summary>The most combinations that are kept. Owners choose them, so there could be very many.</summary>
    private const int Capacity = 1_000;

    private readonly ConcurrentDictionary<string, ScopeGrant> _grants = new(StringComparer.Ordinal);

    public ScopeGrant Find(List<string> held)
    {
        // A character that no database keeps in a text, so that none can look like two.
        var key = string.Join('\0', held);
        if (_grants.TryGetValue(key, out var known))
        {
            return known;
        }

        var grant = new ScopeGrant([.. held], [.. scopes.Expand(held)]);
        if (_grants.Count < Capacity)
        {
            _grants.TryAdd(key, grant);
        }

        return grant;
    }
}

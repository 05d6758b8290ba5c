namespace Pat.AspNetCore.OpenApi;

/// <summary>The scopes that a token needs for an operation, in the fewest names.</summary>
internal static class NeededScopes
{
    /// <summary>None where any token will do. What another needed scope implies is not named beside it.</summary>
    public static IReadOnlyList<string> Of(EndpointAccess access, string? method, PersonalAccessTokenScopes scopes)
    {
        var fewest = new List<string>();
        foreach (var name in access.Requirements.Select(requirement => requirement.ScopeFor(method)).OfType<string>())
        {
            if (!fewest.Exists(kept => Implies(kept, name)))
            {
                fewest.RemoveAll(kept => Implies(name, kept));
                fewest.Add(name);
            }
        }

        return fewest;

        bool Implies(string held, string name) => held == name || scopes.Expand([held]).Contains(name);
    }

    /// <summary>As a sentence, or null where any token will do.</summary>
    public static string? Write(IReadOnlyList<string> scopes) => scopes.Count switch
    {
        0 => null,
        1 => $"A personal access token needs the scope `{scopes[0]}`.",
        _ => $"A personal access token needs the scopes {string.Join(", ", scopes.Select(scope => $"`{scope}`"))}.",
    };
}

namespace Pat;

/// <summary>Something a token can be allowed to do.</summary>
public sealed class PersonalAccessTokenScope
{
    /// <summary>The most characters a name can have: 64.</summary>
    internal const int MaxNameLength = 64;

    /// <summary>A scope yet to be filled, as configuration binding does.</summary>
    public PersonalAccessTokenScope()
    {
    }

    /// <summary>A scope.</summary>
    public PersonalAccessTokenScope(string name, string description, params string[] implies)
    {
        ArgumentNullException.ThrowIfNull(implies);
        Name = name;
        Description = description;
        Implies = [.. implies];
    }

    /// <summary>Its name: 1 to 64 printable ASCII characters without space, quote and backslash (RFC 6749, section 3.3).</summary>
    public string Name { get; set; } = "";

    /// <summary>What it allows, for the people who choose it.</summary>
    public string Description { get; set; } = "";

    /// <summary>Scopes that whoever holds this one holds too, and what those imply.</summary>
    public IList<string> Implies { get; private init; } = [];

    /// <summary>Whether a scope can have this name.</summary>
    internal static bool IsName(string? name) =>
        name is { Length: >= 1 and <= MaxNameLength } && name.All(static character => character is >= '\x21' and <= '\x7e' and not ('"' or '\\'));
}

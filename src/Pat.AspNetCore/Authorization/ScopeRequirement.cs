namespace Pat.AspNetCore;

/// <summary>A token needs a certain scope.</summary>
internal sealed class ScopeRequirement(string scope) : TokenRequirement
{
    public override IEnumerable<string> PossibleScopes => [scope];

    public override string? ScopeFor(string? method) => scope;

    /// <summary>For the log of the authorization middleware.</summary>
    public override string ToString() => $"A token needs the scope {scope}.";
}

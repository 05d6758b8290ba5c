namespace Pat;

/// <summary>What to change about a token. What is not set stays.</summary>
public sealed class PersonalAccessTokenEdit
{
    /// <summary>The new name, or null to keep it.</summary>
    public string? Name { get; init; }

    /// <summary>The new scopes, or null to keep them.</summary>
    public IReadOnlyCollection<string>? Scopes { get; init; }

    /// <summary>The new expiry, or null to keep it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether to remove the expiry, where that is allowed. Not together with <see cref="ExpiresAt"/>.</summary>
    public bool RemoveExpiry { get; init; }

    /// <summary>Change it only if it is still at this version, or null to change it in any case.</summary>
    public long? IfVersion { get; init; }

    /// <summary>
    /// Whether the caller found the request wrong already. Then nothing is written, and the rest is checked all the same,
    /// so that everything that is wrong is told at once.
    /// </summary>
    internal bool HasFaults { get; init; }
}

namespace Pat;

/// <summary>How to replace a token's secret.</summary>
public sealed class PersonalAccessTokenRotation
{
    /// <summary>
    /// How long the present secret works on beside the new one: 0 to <see cref="PersonalAccessTokenOptions.MaxRotationOverlap"/>,
    /// and never past the expiry it had. Default: 0, it stops at once.
    /// </summary>
    public TimeSpan Overlap { get; init; }

    /// <summary>
    /// The new expiry, or null to keep the present one, which has to be one that a new token could have: where the rules
    /// have become stricter since, give one.
    /// </summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What the new value begins with: one of the accepted prefixes, or null for <see cref="PersonalAccessTokenOptions.TokenPrefix"/>.</summary>
    public string? TokenPrefix { get; init; }

    /// <summary>Rotate it only if it is still at this version, or null to rotate it in any case.</summary>
    public long? IfVersion { get; init; }

    /// <summary>Whether the token itself asks. One that ended with its owner's former credentials does not outlive them so.</summary>
    internal bool IsByTokenItself { get; init; }

    /// <summary>
    /// Whether the caller found the request wrong already. Then nothing is written, and the rest is checked all the same,
    /// so that everything that is wrong is told at once.
    /// </summary>
    internal bool HasFaults { get; init; }

    /// <summary>The owner's security stamp when the session that asks was checked: under another one nothing is made. Null for any.</summary>
    internal string? IfOwnerStamp { get; init; }
}

namespace Pat;

/// <summary>What a new token is to be.</summary>
public sealed class PersonalAccessTokenCreation
{
    /// <summary>The id of the user it will act for. It comes from the session, never from a request's body.</summary>
    public required string OwnerId { get; init; }

    /// <summary>What its owner calls it: 1 to 100 characters, without control characters; spaces around it are removed.</summary>
    public string? Name { get; init; }

    /// <summary>What it may do: at least one scope that the application knows.</summary>
    public IReadOnlyCollection<string>? Scopes { get; init; }

    /// <summary>When it stops working, or null for never, where that is allowed.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What the token begins with: one of the accepted prefixes, or null for <see cref="PersonalAccessTokenOptions.TokenPrefix"/>.</summary>
    public string? TokenPrefix { get; init; }

    /// <summary>The token's id where the caller chose it, so that a repeated request makes no second token: one that nobody else
    /// chooses, as <c>Guid.CreateVersion7</c> makes it; else null. Zeros are an <see cref="ArgumentException"/>.</summary>
    public Guid? Id { get; init; }

    /// <summary>
    /// Whether the caller found the request wrong already. Then nothing is written, and the rest is checked all the same,
    /// so that everything that is wrong is told at once.
    /// </summary>
    internal bool HasFaults { get; init; }

    /// <summary>The owner's security stamp when the session that asks was checked: under another one nothing is made. Null for any.</summary>
    internal string? IfOwnerStamp { get; init; }
}

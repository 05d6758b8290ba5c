namespace Pat;

/// <summary>What changed, so that what nodes know of it from memory counts no more: one token, one owner, or everything.</summary>
public readonly record struct PersonalAccessTokenChange
{
    /// <summary>The token that changed, or null.</summary>
    public Guid? TokenId { get; private init; }

    /// <summary>The owner who changed, or whose tokens did, or null.</summary>
    public string? OwnerId { get; private init; }

    /// <summary>Anything may have changed.</summary>
    public static PersonalAccessTokenChange Everything => default;

    /// <summary>A token was edited, rotated or revoked.</summary>
    public static PersonalAccessTokenChange OfToken(Guid id) => new() { TokenId = id };

    /// <summary>Something about an owner changed, or all of the owner's tokens did.</summary>
    /// <exception cref="ArgumentException"><paramref name="ownerId"/> is null or empty.</exception>
    public static PersonalAccessTokenChange OfOwner(string ownerId)
    {
        ArgumentException.ThrowIfNullOrEmpty(ownerId);
        return new() { OwnerId = ownerId };
    }
}

namespace Pat.Identity;

/// <summary>What is read of a user: never the password's hash.</summary>
internal sealed class IdentityOwnerRow<TKey>
{
    public required TKey Id { get; init; }

    public required string? UserName { get; init; }

    public required string? Email { get; init; }

    public required string? SecurityStamp { get; init; }

    public required bool LockoutEnabled { get; init; }

    public required DateTimeOffset? LockoutEnd { get; init; }

    /// <summary>What the application's own flag says.</summary>
    public required bool IsActive { get; init; }
}

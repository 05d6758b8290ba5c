namespace Pat;

/// <summary>A successful authentication.</summary>
/// <param name="Id">The token that was used.</param>
/// <param name="UsedAt">When.</param>
/// <param name="Address">The network it came from, or null where that is not kept.</param>
public readonly record struct PersonalAccessTokenUse(Guid Id, DateTimeOffset UsedAt, string? Address);

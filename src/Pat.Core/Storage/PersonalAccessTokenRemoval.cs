namespace Pat;

/// <summary>A batch of the clean-up.</summary>
/// <param name="Removed">How many tokens it removed.</param>
/// <param name="Position">How far the store has walked, for it to go on from there; null where it has reached the end.</param>
public readonly record struct PersonalAccessTokenRemoval(int Removed, string? Position);

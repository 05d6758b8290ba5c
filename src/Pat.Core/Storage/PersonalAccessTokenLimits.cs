namespace Pat;

/// <summary>What an owner may have and make, for a store to enforce.</summary>
/// <param name="UsableTokens">The most usable tokens an owner may hold.</param>
/// <param name="SecretsPerWindow">The most secrets (creations and rotations) an owner may make in <paramref name="Window"/>.</param>
/// <param name="Window">The time in which secrets are counted; it starts with the first one after the last window ended.</param>
public readonly record struct PersonalAccessTokenLimits(int UsableTokens, int SecretsPerWindow, TimeSpan Window);

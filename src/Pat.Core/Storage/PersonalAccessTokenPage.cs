namespace Pat;

/// <summary>A page of tokens.</summary>
/// <param name="Items">The tokens on it.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record PersonalAccessTokenPage(IReadOnlyList<PersonalAccessToken> Items, int Total);

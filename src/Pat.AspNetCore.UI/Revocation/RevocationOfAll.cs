namespace Pat.AspNetCore.UI;

/// <summary>The question whether to revoke all tokens.</summary>
/// <param name="Count">How many of them work.</param>
/// <param name="Errors">Why they were not revoked, or null.</param>
internal sealed record RevocationOfAll(int Count, IReadOnlyDictionary<string, string[]>? Errors);

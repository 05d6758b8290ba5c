namespace Pat.AspNetCore.UI;

/// <summary>The question whether to revoke a token.</summary>
/// <param name="Token">The token.</param>
/// <param name="Errors">Why it was not revoked, or null.</param>
internal sealed record Revocation(PersonalAccessToken Token, IReadOnlyDictionary<string, string[]>? Errors);

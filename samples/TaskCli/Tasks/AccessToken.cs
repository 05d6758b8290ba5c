namespace TaskCli.Tasks;

/// <summary>The token in use, as the server knows it. Its value is not part of it.</summary>
internal sealed record AccessToken(
    string Id,
    string Name,
    IReadOnlyList<string> Scopes,
    string Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt);

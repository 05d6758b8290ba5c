namespace Pat.AspNetCore;

/// <summary>A token as the management API shows it.</summary>
/// <param name="Id">Its id in 22 characters.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scopes">The scopes it was given.</param>
/// <param name="Status"><c>active</c>, <c>expired</c>, <c>inactive</c> or <c>revoked</c>.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="SecretCreatedAt">When its present secret was made.</param>
/// <param name="ExpiresAt">When it stops working, or null for never.</param>
/// <param name="LastUsedAt">When it was last used, or null.</param>
/// <param name="LastUsedAddress">The network of the last use, where that is kept.</param>
/// <param name="RevokedAt">When it was revoked, or null.</param>
/// <param name="RevokedReason">Why it was revoked, or null.</param>
/// <param name="PreviousSecretExpiresAt">When the secret before the last rotation stops working, while it still does.</param>
/// <param name="Version">Its version, which is also its entity tag.</param>
internal record ManagedToken(
    string Id,
    string Name,
    IReadOnlyList<string> Scopes,
    string Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset SecretCreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    string? LastUsedAddress,
    DateTimeOffset? RevokedAt,
    string? RevokedReason,
    DateTimeOffset? PreviousSecretExpiresAt,
    long Version)
{
    public static ManagedToken Of(PersonalAccessToken token, PersonalAccessTokenStatus status, DateTimeOffset now) => new(
        PersonalAccessTokenFormat.FormatId(token.Id),
        token.Name,
        token.Scopes,
        Text(status),
        token.CreatedAt,
        token.UpdatedAt,
        token.SecretCreatedAt,
        token.ExpiresAt,
        token.LastUsedAt,
        token.LastUsedAddress,
        token.RevokedAt,
        token.RevokedReason,
        status == PersonalAccessTokenStatus.Active && token.PreviousSecretExpiresAt > now ? token.PreviousSecretExpiresAt : null,
        token.Version);

    public static string Text(PersonalAccessTokenStatus status) => status switch
    {
        PersonalAccessTokenStatus.Active => "active",
        PersonalAccessTokenStatus.Expired => "expired",
        PersonalAccessTokenStatus.Inactive => "inactive",
        _ => "revoked",
    };
}

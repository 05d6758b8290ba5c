using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Pat.AspNetCore;

/// <summary>A token as the management API shows it. The names are stated, so that no settings of the application's change them.</summary>
[Description("A personal access token, without its value.")]
internal record ManagedToken(
    [property: JsonPropertyName("id"), Description("Its id: 22 letters and digits. It is no secret.")]
    string Id,
    [property: JsonPropertyName("name"), Description("What its owner calls it.")]
    string Name,
    [property: JsonPropertyName("scopes"), Description("The scopes it was given.")]
    IReadOnlyList<string> Scopes,
    [property: JsonPropertyName("status"), Description("Only an active token works.")]
    ManagedTokenStatus Status,
    [property: JsonPropertyName("createdAt"), Description("When it was created.")]
    DateTimeOffset CreatedAt,
    [property: JsonPropertyName("updatedAt"), Description("When it was last edited, rotated or revoked.")]
    DateTimeOffset UpdatedAt,
    [property: JsonPropertyName("secretCreatedAt"), Description("When its present secret was made.")]
    DateTimeOffset SecretCreatedAt,
    [property: JsonPropertyName("expiresAt"), Description("When it stops working, or null for never.")]
    DateTimeOffset? ExpiresAt,
    [property: JsonPropertyName("lastUsedAt"), Description("When it was last used, to within a few minutes, or null for never.")]
    DateTimeOffset? LastUsedAt,
    [property: JsonPropertyName("lastUsedAddress"), Description("The network of the last use, where that is kept, else null.")]
    string? LastUsedAddress,
    [property: JsonPropertyName("revokedAt"), Description("When it was revoked, or null.")]
    DateTimeOffset? RevokedAt,
    [property: JsonPropertyName("revokedReason"), Description("Why it was revoked, or null.")]
    string? RevokedReason,
    [property: JsonPropertyName("previousSecretExpiresAt"), Description("When the secret before the last rotation stops working, while it still does; else null.")]
    DateTimeOffset? PreviousSecretExpiresAt,
    [property: JsonPropertyName("version"), Description("Counts edits, rotations and the revocation. The entity tag is this number in quotes.")]
    long Version)
{
    public static ManagedToken Of(PersonalAccessToken token, PersonalAccessTokenStatus status, DateTimeOffset now) => new(
        PersonalAccessTokenFormat.FormatId(token.Id),
        token.Name,
        token.Scopes,
        StatusOf(status),
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

    /// <summary>A status in the API's word for it.</summary>
    public static string Text(PersonalAccessTokenStatus status) => status switch
    {
        PersonalAccessTokenStatus.Active => "active",
        PersonalAccessTokenStatus.Expired => "expired",
        PersonalAccessTokenStatus.Inactive => "inactive",
        _ => "revoked",
    };

    private static ManagedTokenStatus StatusOf(PersonalAccessTokenStatus status) => status switch
    {
        PersonalAccessTokenStatus.Active => ManagedTokenStatus.Active,
        PersonalAccessTokenStatus.Expired => ManagedTokenStatus.Expired,
        PersonalAccessTokenStatus.Inactive => ManagedTokenStatus.Inactive,
        _ => ManagedTokenStatus.Revoked,
    };
}

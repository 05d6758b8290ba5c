using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Pat.AspNetCore;

/// <summary>A token as the management API shows it. The names are stated, so that no settings of the application's change them.</summary>
[Description("A personal access token, without its value.")]
internal record ManagedToken
{
    [JsonPropertyName("id")]
    [Description("Its id: 22 letters and digits. It is no secret.")]
    public required string Id { get; init; }

    [JsonPropertyName("name")]
    [Description("What its owner calls it.")]
    public required string Name { get; init; }

    [JsonPropertyName("scopes")]
    [Description("The scopes it was given.")]
    public required IReadOnlyList<string> Scopes { get; init; }

    [JsonPropertyName("status")]
    [Description("Only an active token works.")]
    public required ManagedTokenStatus Status { get; init; }

    [JsonPropertyName("createdAt")]
    [Description("When it was created.")]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")]
    [Description("When it was last edited, rotated or revoked.")]
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("secretCreatedAt")]
    [Description("When its present secret was made.")]
    public required DateTimeOffset SecretCreatedAt { get; init; }

    [JsonPropertyName("expiresAt")]
    [Description("When it stops working, or null for never.")]
    public required DateTimeOffset? ExpiresAt { get; init; }

    [JsonPropertyName("lastUsedAt")]
    [Description("When it was last used, to within a few minutes, or null for never.")]
    public required DateTimeOffset? LastUsedAt { get; init; }

    [JsonPropertyName("lastUsedAddress")]
    [Description("The network of the last use, where that is kept, else null.")]
    public required string? LastUsedAddress { get; init; }

    [JsonPropertyName("revokedAt")]
    [Description("When it was revoked, or null.")]
    public required DateTimeOffset? RevokedAt { get; init; }

    [JsonPropertyName("revokedReason")]
    [Description("Why it was revoked, or null.")]
    public required string? RevokedReason { get; init; }

    [JsonPropertyName("previousSecretExpiresAt")]
    [Description("When the secret before the last rotation stops working, while it still does; else null.")]
    public required DateTimeOffset? PreviousSecretExpiresAt { get; init; }

    [JsonPropertyName("version")]
    [Description("Counts edits, rotations and the revocation. The entity tag is this number in quotes.")]
    public required long Version { get; init; }

    public static ManagedToken Of(PersonalAccessToken token, PersonalAccessTokenStatus status, DateTimeOffset now) => new()
    {
        Id = PersonalAccessTokenFormat.FormatId(token.Id),
        Name = token.Name,
        Scopes = token.Scopes,
        Status = StatusOf(status),
        CreatedAt = token.CreatedAt,
        UpdatedAt = token.UpdatedAt,
        SecretCreatedAt = token.SecretCreatedAt,
        ExpiresAt = token.ExpiresAt,
        LastUsedAt = token.LastUsedAt,
        LastUsedAddress = token.LastUsedAddress,
        RevokedAt = token.RevokedAt,
        RevokedReason = token.RevokedReason,
        PreviousSecretExpiresAt = status == PersonalAccessTokenStatus.Active && token.PreviousSecretExpiresAt > now
            ? token.PreviousSecretExpiresAt
            : null,
        Version = token.Version,
    };

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

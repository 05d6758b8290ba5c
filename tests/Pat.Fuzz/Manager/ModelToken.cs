using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pat.Fuzz;

/// <summary>A token as it has to be.</summary>
internal sealed class ModelToken
{
    public required Guid Id { get; init; }

    public required string Owner { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Name { get; set; }

    public required string[] Scopes { get; set; }

    public required DateTimeOffset? ExpiresAt { get; set; }

    public required DateTimeOffset SecretCreatedAt { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The owner's stamp when the secret was made.</summary>
    public required string Stamp { get; set; }

    /// <summary>All values that it ever had, the newest last.</summary>
    public List<string> Values { get; } = [];

    /// <summary>Until when the value before the last works, where it was given an overlap.</summary>
    public DateTimeOffset? PreviousUntil { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? Reason { get; set; }

    public long Version { get; set; } = 1;

    private DateTimeOffset LastActiveAt => LastUsedAt ?? CreatedAt;

    public PersonalAccessTokenStatus StatusAt(DateTimeOffset now)
    {
        if (RevokedAt is not null)
        {
            return PersonalAccessTokenStatus.Revoked;
        }

        if (ExpiresAt is { } end && now >= end)
        {
            return PersonalAccessTokenStatus.Expired;
        }

        return now - LastActiveAt >= ModelOptions.InactivityPeriod ? PersonalAccessTokenStatus.Inactive : PersonalAccessTokenStatus.Active;
    }

    public bool IsUsableAt(DateTimeOffset now) => StatusAt(now) == PersonalAccessTokenStatus.Active;

    public bool IsRemovableAt(DateTimeOffset now) => StatusAt(now) switch
    {
        PersonalAccessTokenStatus.Revoked => now - RevokedAt >= ModelOptions.Retention,
        PersonalAccessTokenStatus.Expired => now - ExpiresAt >= ModelOptions.Retention,
        _ => now - LastActiveAt >= ModelOptions.InactivityPeriod + ModelOptions.InactiveRetention,
    };

    public void Revoke(DateTimeOffset now, string? reason)
    {
        (RevokedAt, Reason, UpdatedAt) = (now, reason, now);
        Version++;
    }

    /// <summary>All that the row has to hold.</summary>
    public override string ToString() => string.Join(
        '|',
        PersonalAccessTokenFormat.FormatId(Id), Owner, Name, string.Join(' ', Scopes), Text(CreatedAt), Text(SecretCreatedAt), Text(UpdatedAt), Text(ExpiresAt),
        Text(LastUsedAt), Text(RevokedAt), Reason, Text(PreviousUntil), Version, TagOf(Values[^1]), PreviousUntil is null ? "" : TagOf(Values[^2]));

    /// <summary>The same of a row.</summary>
    public static string Describe(PersonalAccessToken row) => string.Join(
        '|',
        PersonalAccessTokenFormat.FormatId(row.Id), row.OwnerId, row.Name, string.Join(' ', row.Scopes), Text(row.CreatedAt), Text(row.SecretCreatedAt), Text(row.UpdatedAt),
        Text(row.ExpiresAt), Text(row.LastUsedAt), Text(row.RevokedAt), row.RevokedReason, Text(row.PreviousSecretExpiresAt), row.Version,
        Convert.ToHexString(row.SecretTag), Convert.ToHexString(row.PreviousSecretTag ?? []));

    private static string TagOf(string value) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(value)).AsSpan(0, 8));

    private static string Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture) ?? "";
}

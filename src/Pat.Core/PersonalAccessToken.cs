using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Pat;

/// <summary>
/// A personal access token as it is stored: who owns it, what it may do, and what is needed to recognise its secret.
/// The secret itself is nowhere in it.
/// </summary>
/// <remarks>
/// All times are UTC, to the microsecond. Hashes and tags are left out when it is serialised as JSON. It is not sealed,
/// since Entity Framework Core derives proxies from entities where an application asks for them.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public class PersonalAccessToken
{
    /// <summary>The most characters of <see cref="OwnerId"/>: 450, as ASP.NET Core Identity has them.</summary>
    public const int MaxOwnerIdLength = 450;

    /// <summary>The most characters of <see cref="Name"/>: 100.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The most characters of <see cref="RevokedReason"/>: 200.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>The token's id: a version 7 Guid. It is public; people see it as the 22 characters of <see cref="PersonalAccessTokenFormat.FormatId"/>.</summary>
    public Guid Id { get; set; }

    /// <summary>The id of the user the token acts for, as the application knows it; 1 to 450 characters.</summary>
    public string OwnerId { get; set; } = "";

    /// <summary>What the owner calls the token; 1 to 100 characters, not unique.</summary>
    public string Name { get; set; } = "";

    /// <summary>The scopes it was given, without those they imply.</summary>
    public List<string> Scopes { get; set; } = [];

    /// <summary>The hash of the whole token as a PHC string.</summary>
    [JsonIgnore]
    public string SecretHash { get; set; } = "";

    /// <summary>
    /// The first 8 bytes of the token's SHA-256: enough to refuse a wrong secret without the slow hash. It leaves 192
    /// of the secret's 256 bits unknown to whoever reads the table.
    /// </summary>
    [JsonIgnore]
    public byte[] SecretTag { get; set; } = [];

    /// <summary>When the current secret was made: at creation, then at each rotation. The longest lifetime counts from here.</summary>
    public DateTimeOffset SecretCreatedAt { get; set; }

    /// <summary>The hash of the secret before the last rotation, while its overlap lasts; otherwise null.</summary>
    [JsonIgnore]
    public string? PreviousSecretHash { get; set; }

    /// <summary>The tag of the secret before the last rotation; otherwise null.</summary>
    [JsonIgnore]
    public byte[]? PreviousSecretTag { get; set; }

    /// <summary>When the secret before the last rotation stops working (at this instant it no longer does), or null.</summary>
    public DateTimeOffset? PreviousSecretExpiresAt { get; set; }

    /// <summary>SHA-256 of the owner's security stamp when the secret was made, or null where owners have none.</summary>
    [JsonIgnore]
    public byte[]? OwnerStamp { get; set; }

    /// <summary>When the token was created.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the owner or an operator last changed it: creation, edit, rotation or revocation.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When it stops working (at this instant it no longer does), or null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When it last authenticated a request, to within <see cref="PersonalAccessTokenOptions.UsageResolution"/>, or null if it never did.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>The network the last use came from, if the application keeps it; cleared by a revocation.</summary>
    public string? LastUsedAddress { get; set; }

    /// <summary>When it was revoked, or null. A revocation is final.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Why it was revoked, in the words of who did it; at most 200 characters.</summary>
    public string? RevokedReason { get; set; }

    /// <summary>Counts edits, rotations and the revocation, from 1; never uses. It is the entity tag of the management API.</summary>
    public long Version { get; set; }

    /// <summary>A token that shares nothing with this one that could be changed, but for its tags.</summary>
    internal PersonalAccessToken Copy()
    {
        var copy = (PersonalAccessToken)MemberwiseClone();
        copy.Scopes = [.. Scopes];
        return copy;
    }

    /// <summary>The token's id and name, never anything of its secret.</summary>
    public override string ToString() => $"{PersonalAccessTokenFormat.FormatId(Id)} ({Name})";
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Pat.AspNetCore;

/// <summary>The body of a creation, for documents.</summary>
[Description("A new personal access token.")]
internal sealed class TokenCreation
{
    [JsonPropertyName("name")]
    [Description("What you call it, to tell it from others.")]
    [MaxLength(PersonalAccessToken.MaxNameLength)]
    public required string Name { get; init; }

    [JsonPropertyName("scopes")]
    [Description("What it may do.")]
    [MinLength(1)]
    public required IReadOnlyList<string> Scopes { get; init; }

    [JsonPropertyName("expiresAt")]
    [Description("When it stops working, with an offset or Z. It or expiresInDays is required, unless the application allows tokens without an expiry.")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [JsonPropertyName("expiresInDays")]
    [Description("In how many days from now it stops working, in the place of expiresAt.")]
    [Range(1, ManagementEndpoints.MaxDays)]
    public int? ExpiresInDays { get; init; }
}

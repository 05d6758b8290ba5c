using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Pat.AspNetCore;

/// <summary>The body of a rotation, for documents.</summary>
[Description("How to replace a personal access token's secret. An empty object will do.")]
internal sealed class TokenRotation
{
    [JsonPropertyName("overlapSeconds")]
    [Description("How long the former secret works on beside the new one. 0 if left out: it stops at once.")]
    [Range(0, int.MaxValue)]
    public int OverlapSeconds { get; init; }

    [JsonPropertyName("expiresAt")]
    [Description("A new expiry, with an offset or Z. The present one stays if left out.")]
    public DateTimeOffset ExpiresAt { get; init; }
}

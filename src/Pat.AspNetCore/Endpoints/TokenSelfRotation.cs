using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Pat.AspNetCore;

/// <summary>The body of a token's own rotation, for documents.</summary>
[Description("How a personal access token replaces its own secret. An empty object will do.")]
internal sealed class TokenSelfRotation
{
    [JsonPropertyName("overlapSeconds")]
    [Description("How long the former secret works on beside the new one. 0 if left out: it stops at once.")]
    [Range(0, int.MaxValue)]
    public int OverlapSeconds { get; init; }
}

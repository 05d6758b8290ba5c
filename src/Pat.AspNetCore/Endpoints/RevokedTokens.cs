using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Pat.AspNetCore;

/// <summary>What became of a request to revoke all of one's tokens.</summary>
[Description("How many personal access tokens were revoked.")]
internal sealed record RevokedTokens(
    [property: JsonPropertyName("revoked"), Description("Those that were revoked before don't count.")]
    int Revoked);

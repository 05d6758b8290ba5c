using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Pat.AspNetCore;

/// <summary>The body of an edit, for documents.</summary>
[Description("What to change about a personal access token. A member that is left out stays as it is.")]
internal sealed class TokenEdit
{
    [JsonPropertyName("name")]
    [Description("The new name.")]
    [MaxLength(PersonalAccessToken.MaxNameLength)]
    public string Name { get; init; } = "";

    [JsonPropertyName("scopes")]
    [Description("The new scopes, in the place of all that it has.")]
    [MinLength(1)]
    public IReadOnlyList<string> Scopes { get; init; } = [];

    [JsonPropertyName("expiresAt")]
    [Description("The new expiry, with an offset or Z; null for none, where the application allows that.")]
    public DateTimeOffset? ExpiresAt { get; init; }
}

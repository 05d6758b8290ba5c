using System.Text.Json.Serialization;

namespace Pat.AspNetCore;

/// <summary>The words of the management API for <see cref="PersonalAccessTokenStatus"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ManagedTokenStatus>))]
internal enum ManagedTokenStatus
{
    [JsonStringEnumMemberName("active")]
    Active,

    [JsonStringEnumMemberName("expired")]
    Expired,

    [JsonStringEnumMemberName("inactive")]
    Inactive,

    [JsonStringEnumMemberName("revoked")]
    Revoked,
}

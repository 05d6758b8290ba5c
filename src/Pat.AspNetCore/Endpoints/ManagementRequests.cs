using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Pat.AspNetCore;

/// <summary>
/// What requests to the management API can say, for documents that describe it. Requests are read by hand
/// (<see cref="RequestBody"/>, <see cref="QueryParameters"/>); each delegate has the parameters of one kind of request.
/// </summary>
internal static class ManagementRequests
{
    private const string IfMatchText =
        "The entity tag of the version that this is about, or several: if the token is at another one, nothing is changed.";

    public delegate void List(
        [FromQuery(Name = "search"), Description("A part of the name, or an id."), MaxLength(QueryParameters.MaxSearchLength)] string? search = null,
        [FromQuery(Name = "status"), Description("Only tokens in this state.")] ManagedTokenStatus? status = null,
        [FromQuery(Name = "sort"), Description("What to sort by, with a - before it for the greatest first."), RegularExpression("^-?(name|createdAt|expiresAt|lastUsedAt)$")] string? sort = "-createdAt",
        [FromQuery(Name = "page"), Description("Which page, from 1."), Range(1, QueryParameters.MaxPage)] int page = 1,
        [FromQuery(Name = "pageSize"), Description("How many tokens a page has."), Range(1, PersonalAccessTokenQuery.MaxPageSize)] int pageSize = QueryParameters.DefaultPageSize);

    public delegate void Create([FromBody] Creation body);

    public delegate void EditToken(
        [FromBody] Edit body, [FromHeader(Name = "If-Match"), Description(IfMatchText)] string? ifMatch = null);

    public delegate void RotateToken(
        [FromBody] Rotation body, [FromHeader(Name = "If-Match"), Description(IfMatchText)] string? ifMatch = null);

    public delegate void RotateSelf(
        [FromBody] SelfRotation body, [FromHeader(Name = "If-Match"), Description(IfMatchText)] string? ifMatch = null);

    public delegate void RevokeAll(
        [FromQuery(Name = "except"), Description("The id of a token to keep.")] string? except = null);

    [Description("A new personal access token.")]
    internal sealed record Creation(
        [property: JsonPropertyName("name"), Description("What you call it, to tell it from others."), MaxLength(PersonalAccessToken.MaxNameLength)]
        string Name,
        [property: JsonPropertyName("scopes"), Description("What it may do."), MinLength(1)]
        IReadOnlyList<string> Scopes,
        [property: JsonPropertyName("expiresAt"), Description("When it stops working, with an offset or Z. This or expiresInDays is required, unless the application allows tokens without an expiry.")]
        DateTimeOffset? ExpiresAt = null,
        [property: JsonPropertyName("expiresInDays"), Description("In how many days from now it stops working, in the place of expiresAt."), Range(1, ManagementEndpoints.MaxDays)]
        int? ExpiresInDays = null);

    [Description("What to change about a personal access token. A member that is left out stays as it is.")]
    internal sealed record Edit(
        [property: JsonPropertyName("name"), Description("The new name."), MaxLength(PersonalAccessToken.MaxNameLength)]
        string Name = "",
        [property: JsonPropertyName("scopes"), Description("The new scopes, in the place of all that it has."), MinLength(1)]
        IReadOnlyList<string>? Scopes = null,
        [property: JsonPropertyName("expiresAt"), Description("The new expiry, with an offset or Z; null for none, where the application allows that.")]
        DateTimeOffset? ExpiresAt = null);

    [Description("How to replace a personal access token's secret. An empty object will do.")]
    internal sealed record Rotation(
        [property: JsonPropertyName("overlapSeconds"), Description("How long the former secret works on beside the new one. 0 if left out: it stops at once."), Range(0, int.MaxValue)]
        int OverlapSeconds = 0,
        [property: JsonPropertyName("expiresAt"), Description("A new expiry, with an offset or Z. The present one stays if left out.")]
        DateTimeOffset ExpiresAt = default);

    [Description("How a personal access token replaces its own secret. An empty object will do.")]
    internal sealed record SelfRotation(
        [property: JsonPropertyName("overlapSeconds"), Description("How long the former secret works on beside the new one. 0 if left out: it stops at once."), Range(0, int.MaxValue)]
        int OverlapSeconds = 0);
}

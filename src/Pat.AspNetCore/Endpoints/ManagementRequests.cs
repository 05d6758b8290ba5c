using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
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

    public delegate void Create([FromBody] TokenCreation body);

    public delegate void EditToken(
        [FromBody] TokenEdit body, [FromHeader(Name = "If-Match"), Description(IfMatchText)] string? ifMatch = null);

    public delegate void RotateToken(
        [FromBody] TokenRotation body, [FromHeader(Name = "If-Match"), Description(IfMatchText)] string? ifMatch = null);

    public delegate void RotateSelf(
        [FromBody] TokenSelfRotation body, [FromHeader(Name = "If-Match"), Description(IfMatchText)] string? ifMatch = null);

    public delegate void RevokeAll(
        [FromQuery(Name = "except"), Description("The id of a token to keep.")] string? except = null);
}

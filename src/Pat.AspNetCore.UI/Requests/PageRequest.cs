using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.UI;

/// <summary>A request for a page by a user whose session may manage tokens.</summary>
internal sealed class PageRequest(HttpContext http, SessionOwner owner, PagePaths paths, Times times)
{
    /// <summary>What the id is called in the routes: nothing that a group of the application would call a parameter of its own.</summary>
    public const string TokenIdParameter = "personalAccessTokenId";

    /// <summary>The fields that a link can fill in, so that what was typed outlasts signing in again.</summary>
    public static readonly string[] FillableFields = ["name", "scopes", "expires", "date", "overlap"];

    /// <summary>Whose tokens it is about.</summary>
    public string OwnerId => owner.Id;

    /// <summary>Their security stamp when the session was checked, or null.</summary>
    public string? OwnerStamp => owner.Stamp;

    /// <summary>Where the pages are.</summary>
    public PagePaths Paths => paths;

    /// <summary>How to say times.</summary>
    public Times Times => times;

    public HttpRequest Http => http.Request;

    public IQueryCollection Query => http.Request.Query;

    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>What was sent; empty where a page is only asked for.</summary>
    public IFormCollection Form { get; init; } = FormCollection.Empty;

    /// <summary>
    /// Whether the form is one that this session was shown. Nothing may be done at the word of another: it may be from
    /// another site, or from before one signed in again.
    /// </summary>
    public bool IsGenuine { get; init; }

    /// <summary>Whether what the address fills in is what the user typed before signing in again.</summary>
    public bool IsTyped { get; init; }

    /// <summary>Whether the address fills in fields of the form, and not with what the user typed.</summary>
    public bool IsFilledByLink => !IsTyped && FillableFields.Any(Query.ContainsKey);

    /// <summary>The token that the path names, or null where it names none.</summary>
    public Guid? TokenId => PersonalAccessTokenFormat.TryParseId(http.Request.RouteValues[TokenIdParameter] as string, out var id) ? id : null;

    /// <summary>The version of the token that the form was made for, or null where it says none.</summary>
    public long? Version => long.TryParse(Form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}

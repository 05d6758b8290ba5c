using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Pat.AspNetCore;

/// <summary>A page of the caller's tokens.</summary>
[Description("A page of a list of personal access tokens.")]
internal sealed record ManagedTokenPage(
    [property: JsonPropertyName("items"), Description("The tokens on it.")]
    IReadOnlyList<ManagedToken> Items,
    [property: JsonPropertyName("page"), Description("Which page it is, from 1.")]
    int Page,
    [property: JsonPropertyName("pageSize"), Description("How many tokens a page has.")]
    int PageSize,
    [property: JsonPropertyName("total"), Description("How many tokens there are on all pages.")]
    int Total,
    [property: JsonPropertyName("revocationBoundSeconds"), Description("The time in seconds within which a change of a token counts on every server, whatever fails; usually it is at once.")]
    double RevocationBoundSeconds);

using System.Net;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>What probes of all kinds have in common: which pages there are, and what may not be found in an answer.</summary>
internal static class Probe
{
    /// <summary>Every address with a form, as a format of the token's id.</summary>
    public static readonly string[] Forms = ["/new", "/{0}/edit", "/{0}/rotate", "/{0}/revoke", "/revoke-all"];

    /// <summary>Those about one token.</summary>
    public static readonly string[] FormsOfOne = ["/{0}/edit", "/{0}/rotate", "/{0}/revoke"];

    /// <summary>Markup that would act, for text, for attributes in either quotes, for addresses and for scripts.</summary>
    public static readonly string[] Markup =
    [
        "<img src=x onerror=probe()>", "\"><svg onload=probe()>", "'><iframe src=//probe.example>", "</title></textarea><script>probe()</script>",
        "\" autofocus onfocus=probe() x=\"", "' onmouseover=probe() x='", "javascript:probe()", "//probe.example/", "<!--<base href=//probe.example>-->",
        "&lt;img src=x onerror=probe()&gt;", "<a href=javascript:probe()>",
    ];

    public static string PathOf(string form, Guid id) => PageApp.Path + string.Format(null, form, PersonalAccessTokenFormat.FormatId(id));

    /// <summary>Nothing acts, and nothing leads or loads from elsewhere.</summary>
    public static void AssertInert(WebPage page)
    {
        Assert.Empty(page.Document.QuerySelectorAll("img, svg, iframe, base, object, embed, script:not([src]), style"));
        foreach (var attribute in page.Document.All.SelectMany(element => element.Attributes))
        {
            Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), attribute.OwnerElement!.OuterHtml);
            if (attribute.Name is "href" or "src" or "action" or "formaction" && attribute.Value != "data:,")
            {
                AssertHere(attribute.Value);
            }
        }
    }

    /// <summary>An address on the same host: a path, and not one that a browser takes for a host.</summary>
    public static void AssertHere(string address)
    {
        Assert.StartsWith("/", address, StringComparison.Ordinal);
        Assert.False(address.Length > 1 && address[1] is '/' or '\\', $"{address} is elsewhere.");
    }

    /// <summary>All of a token that an owner could see of it or that it works by.</summary>
    public static string StateOf(PersonalAccessToken token) => string.Join('|',
        token.Id, token.OwnerId, token.Name, string.Join(',', token.Scopes), token.SecretHash, token.SecretCreatedAt, token.CreatedAt, token.ExpiresAt,
        token.RevokedAt, token.RevokedReason, token.Version);

    /// <summary>All tokens of both users.</summary>
    public static async Task<string> StateAsync(PageApp app) =>
        string.Join('\n', (await app.TokensAsync()).Concat(await app.TokensAsync(PageApp.Bob)).Select(StateOf));

    public static bool IsRefusal(this WebPage page) => page.Status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError;
}

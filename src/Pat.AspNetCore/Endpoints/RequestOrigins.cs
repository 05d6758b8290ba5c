using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>Tells whether a request comes from a page of another site, for no such page may change anything in a signed-in user's name.</summary>
internal sealed class RequestOrigins(IOptions<PersonalAccessTokenManagementOptions> options)
{
    private const int MaxLoggedLength = 300;

    private static readonly SearchValues<char> OriginCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-_:/[]");

    /// <summary>
    /// Where a browser says that a request comes from, if that is elsewhere: Fetch Metadata first, then Origin. A script
    /// sends neither. What is returned is fit for a log.
    /// </summary>
    public string? FindForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        var origin = request.Headers.Origin;
        var isAllowed = origin.Count == 1 && options.Value.AllowedOrigins.Contains(origin[0]!, StringComparer.OrdinalIgnoreCase);
        if (isAllowed)
        {
            return null;
        }

        var isForeignSite = site.Count > 0 && site.ToString() is not ("same-origin" or "none");
        if (!isForeignSite && (origin.Count == 0 || IsOwn(origin.ToString(), request.Host.Value)))
        {
            return null;
        }

        return IsPlain(origin.ToString()) ? origin.ToString() : "an unnamed origin";
    }

    /// <summary>
    /// As text, for a browser writes it in one way only. Either scheme: behind a proxy that ends TLS the application sees
    /// another one than the browser.
    /// </summary>
    private static bool IsOwn(string origin, string? host) =>
        origin.Equals($"https://{host}", StringComparison.OrdinalIgnoreCase)
        || origin.Equals($"http://{host}", StringComparison.OrdinalIgnoreCase);

    private static bool IsPlain(string origin) =>
        origin.Length is > 0 and <= MaxLoggedLength && !origin.AsSpan().ContainsAnyExcept(OriginCharacters);
}

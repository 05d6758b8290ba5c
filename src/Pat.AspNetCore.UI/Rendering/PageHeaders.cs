using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore.UI;

/// <summary>The headers that keep a page to its reader: not stored, not framed and, where the document is ours, with nothing inline.</summary>
internal sealed class PageHeaders(IAuthenticationSchemeProvider schemes, IOptionsMonitor<CookieAuthenticationOptions> cookies)
{
    private const string NotFramed = "frame-ancestors 'none'";

    private const string OwnDocument =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; " + NotFramed;

    /// <param name="http">The request.</param>
    /// <param name="isOwnDocument">Whether the whole document is ours. In the application's, what scripts and styles it may load is its own to say.</param>
    public async Task SetAsync(HttpContext http, bool isOwnDocument)
    {
        var headers = http.Response.Headers;
        UnstoredAnswers.Mark(http.Response);
        headers["Referrer-Policy"] = "same-origin";
        if (isOwnDocument)
        {
            headers.ContentSecurityPolicy = await StaysHereAsync() ? $"{OwnDocument}; form-action 'self'" : OwnDocument;
            headers.XFrameOptions = "DENY";
            return;
        }

        http.Response.OnStarting(static state => ForbidFraming((IHeaderDictionary)state), headers);
    }

    /// <summary>Policies add up, so one more header takes nothing from what the application allows.</summary>
    private static Task ForbidFraming(IHeaderDictionary headers)
    {
        if (!headers.ContentSecurityPolicy.Any(policy => policy?.Contains("frame-ancestors", StringComparison.OrdinalIgnoreCase) == true))
        {
            headers.Append("Content-Security-Policy", NotFramed);
            headers.XFrameOptions = "DENY";
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// A form sent when the session has ended is redirected to where one signs in. Browsers apply <c>form-action</c> to
    /// redirects too, so it can't stand where that may be another site: only of cookies that challenge themselves is it known.
    /// </summary>
    private async Task<bool> StaysHereAsync() =>
        await schemes.GetDefaultChallengeSchemeAsync() is not { } scheme
        || (scheme.HandlerType.IsAssignableTo(typeof(CookieAuthenticationHandler))
            && cookies.Get(scheme.Name) is { ForwardChallenge: null, ForwardDefault: null });
}

using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Pat.AspNetCore.UI.Components;

namespace Pat.AspNetCore.UI;

/// <summary>
/// What every request for a page has to keep to: the session is one that may manage tokens, a form is one that it was
/// shown, and a store that does not answer is said to be one.
/// </summary>
internal sealed class PageEndpoints(
    SessionCheck sessions, TypedFields typed, IAntiforgery antiforgery, PageRenderer renderer, RequestOrigins origins, Texts texts, SecurityLog log, ILogger<PageEndpoints> logger)
{
    private const long MaxFormBytes = 64 * 1024;

    /// <param name="http">The request.</param>
    /// <param name="route">Which page it is for.</param>
    public async Task AnswerAsync(HttpContext http, PageRoute route)
    {
        var paths = new PagePaths(RootOf(http.Request, route.Depth));
        try
        {
            await SendAsync(http, paths, await FindPageAsync(http, paths, route));
        }
        catch (Exception exception) when (
            StoreOutage.IsBehind(exception) && !http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            var isFull = exception is PersonalAccessTokenUnavailableException { IsForWantOfRoom: true };
            if (isFull)
            {
                Log.PageFull(logger, exception.Message);
            }
            else
            {
                Log.PageUnavailable(logger, exception);
            }

            RetryLater.Mark(http.Response);
            await SendAsync(http, paths, Page.Of<OutagePage>(
                texts["Your tokens can't be reached at the moment"],
                new Outage(WasChanging: HttpMethods.IsPost(http.Request.Method), isFull),
                StatusCodes.Status503ServiceUnavailable));
        }
    }

    /// <summary>The path of the list: the request's less what the route adds to it, so that groups and their parameters stay.</summary>
    private static string RootOf(HttpRequest request, int depth)
    {
        var path = request.Path.ToUriComponent().TrimEnd('/');
        for (var i = 0; i < depth; i++)
        {
            path = path[..path.LastIndexOf('/')];
        }

        return request.PathBase.ToUriComponent() + path;
    }

    private async Task<Page> FindPageAsync(HttpContext http, PagePaths paths, PageRoute route)
    {
        var form = HttpMethods.IsPost(http.Request.Method) ? await ReadFormAsync(http) : null;
        var isGenuine = form is not null && await antiforgery.IsRequestValidAsync(http);
        if (!isGenuine && origins.FindForeign(http.Request) is not null)
        {
            // What another site has filled in must not come back as what the user had typed.
            form = null;
        }

        var (owner, refusal) = await sessions.FindOwnerAsync(http, form ?? FormCollection.Empty, isGenuine, route.NeedsRecentSignIn);
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            var page = refusal ?? await route.Show(new PageRequest(http, owner!, paths, renderer.Times)
            {
                Form = form ?? FormCollection.Empty,
                IsGenuine = isGenuine,
                IsTyped = typed.IsSeal(http.Request.Query[TypedFields.SealParameter], owner!.Id),
            });
            status = page.Location is null ? page.Status : StatusCodes.Status303SeeOther;
            return page;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            status = StatusCodes.Status499ClientClosedRequest;
            throw;
        }
        catch (Exception exception) when (StoreOutage.IsBehind(exception))
        {
            status = StatusCodes.Status503ServiceUnavailable;
            throw;
        }
        finally
        {
            // Also where nobody can say whether it was done.
            log.ManagementAnswered(owner?.Id, status, http);
        }
    }

    /// <summary>The form, or null where the body is none.</summary>
    private static async Task<IFormCollection?> ReadFormAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentLength > MaxFormBytes)
        {
            return null;
        }

        // A proxy may pass it on in chunks, without its length.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = Math.Min(body.MaxRequestBodySize ?? MaxFormBytes, MaxFormBytes);
        }

        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    private async Task SendAsync(HttpContext http, PagePaths paths, Page page)
    {
        if (page.NeedsSignIn)
        {
            // As OpenID Connect asks a provider that would otherwise answer from its own session.
            var properties = new AuthenticationProperties { RedirectUri = page.Location };
            properties.SetParameter("prompt", "login");
            UnstoredAnswers.Mark(http.Response);
            await http.ChallengeAsync(properties);
        }
        else if (page.Location is { } location)
        {
            // RFC 9110, section 15.4.4: the browser asks for the other page, so that reloading it repeats nothing.
            UnstoredAnswers.Mark(http.Response);
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = location;
        }
        else
        {
            await renderer.SendAsync(http, paths, page);
        }
    }
}

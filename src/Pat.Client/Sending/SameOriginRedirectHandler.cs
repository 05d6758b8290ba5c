using System.Net;

namespace Pat.Client;

/// <summary>
/// Follows redirects within an origin, with the token, as the primary handler would without. A redirect elsewhere is an
/// error, or the answer: neither the token nor the content goes there.
/// </summary>
internal sealed class SameOriginRedirectHandler(int maxRedirects, bool throwOnForeign) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        for (var followed = 0; followed < maxRedirects; followed++)
        {
            if (FindTarget(response, request.RequestUri!) is not { } target)
            {
                break;
            }

            if (!Destination.IsSameOrigin(target, request.RequestUri!))
            {
                ThrowIfForeign(response, target);
                break;
            }

            var becomesGet = BecomesGet(response.StatusCode, request.Method);
            if (!becomesGet && !ReplayableContent.Allows(request.Content))
            {
                break;
            }

            response.Dispose();
            request.RequestUri = WithFragment(target, request.RequestUri!);
            if (becomesGet)
            {
                request.Method = HttpMethod.Get;
                request.Content = null;
                request.Headers.TransferEncodingChunked = null;
            }

            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        return response;
    }

    private void ThrowIfForeign(HttpResponseMessage response, Uri target)
    {
        if (throwOnForeign)
        {
            response.Dispose();
            throw new PersonalAccessTokenException(
                PersonalAccessTokenProblem.ForeignRedirect,
                $"The server redirects to {Destination.Show(target)}, another origin, so the redirect was not followed and the token was not sent there. If that is the server you mean, make it this client's address; otherwise follow the redirect with a client that has no token.",
                response.StatusCode);
        }
    }

    private static Uri? FindTarget(HttpResponseMessage response, Uri address) =>
        IsRedirect(response.StatusCode) && response.Headers.Location is { } location ? new Uri(address, location) : null;

    private static bool IsRedirect(HttpStatusCode status) => status is
        HttpStatusCode.Ambiguous or HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    // RFC 9110, section 15.4: POST becomes GET by 301 and 302 for historical reasons, everything but HEAD by 303.
    private static bool BecomesGet(HttpStatusCode status, HttpMethod method) => status switch
    {
        HttpStatusCode.SeeOther => method != HttpMethod.Get && method != HttpMethod.Head,
        HttpStatusCode.Ambiguous or HttpStatusCode.Moved or HttpStatusCode.Found => method == HttpMethod.Post,
        _ => false,
    };

    // RFC 9110, section 10.2.2: a target without a fragment inherits it.
    private static Uri WithFragment(Uri target, Uri from) =>
        from.Fragment.Length == 0 || target.Fragment.Length > 0
            ? target
            : new UriBuilder(target) { Fragment = from.Fragment }.Uri;
}

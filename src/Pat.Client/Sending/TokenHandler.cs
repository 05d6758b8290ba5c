using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Headers;

namespace Pat.Client;

/// <summary>
/// Puts the token on requests to its origin, and tells answers that refuse it. It stands right before the primary handler,
/// so that no other handler sees the token. The factory's own logging handler is one of them: it redacts headers in lines of
/// text, but hands structured logs their values.
/// </summary>
internal sealed class TokenHandler(TokenSource source, PersonalAccessTokenClientOptions options, TimeProvider timeProvider)
    : DelegatingHandler
{
    private readonly Uri _origin = options.Origin!;

    /// <summary>What may be sent twice to the same effect (RFC 9110, section 9.2.2).</summary>
    private static readonly FrozenSet<HttpMethod> Idempotent =
        FrozenSet.ToFrozenSet([HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Trace, HttpMethod.Put, HttpMethod.Delete]);

    /// <summary>The last token that was found to be whole: it seldom changes, and need not be looked through at each request.</summary>
    private volatile string? _whole;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        CheckDestination(request);
        var token = await ReadTokenAsync(cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            var response = await SendAgainIfAskedAsync(request, cancellationToken).ConfigureAwait(false);
            return options.ThrowOnRefusal ? ThrowIfRefused(response) : response;
        }
        finally
        {
            // The message outlives the call, by way of the response too, and shows its headers to whoever prints it.
            request.Headers.Authorization = null;
        }
    }

    /// <summary>Reading a token can take time: without this the request would be sent without one.</summary>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A client with a personal access token sends asynchronously: use SendAsync.");

    private void CheckDestination(HttpRequestMessage request)
    {
        if (!Destination.IsSameOrigin(request.RequestUri!, _origin))
        {
            throw new PersonalAccessTokenException(
                PersonalAccessTokenProblem.ForeignOrigin,
                $"Nothing was sent: the request goes to {Destination.Show(request.RequestUri!)}, and this client's token to {Destination.Show(_origin)} alone. Use another client for other servers.");
        }

        if (request.Headers.Contains("Authorization"))
        {
            throw new InvalidOperationException(
                "Nothing was sent: the request has an Authorization header already. Leave it out, also of DefaultRequestHeaders; AddPersonalAccessToken sets it.");
        }
    }

    private async ValueTask<string> ReadTokenAsync(CancellationToken cancellationToken)
    {
        var token = await source.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(token))
        {
            throw new PersonalAccessTokenException(
                PersonalAccessTokenProblem.TokenMissing, $"There is no token: {source} is empty or not set. {source.Cure}");
        }

        if (token != _whole && TokenFormat.FindFault(token, options.TokenPrefix) is { } fault)
        {
            throw new PersonalAccessTokenException(
                PersonalAccessTokenProblem.TokenMalformed, $"Nothing was sent: the token in {source} {fault}");
        }

        return _whole = token;
    }

    private async Task<HttpResponseMessage> SendAgainIfAskedAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!LetsRepeat(request.Method, response.StatusCode)
            || RetryDelay.Of(response, timeProvider) is not { } delay
            || options.MaxRetryDelay == TimeSpan.Zero
            || delay > options.MaxRetryDelay
            || !ReplayableContent.Allows(request.Content))
        {
            return response;
        }

        response.Dispose();
        await Task.Delay(delay, timeProvider, cancellationToken).ConfigureAwait(false);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>429 says that nothing was done; 503 may come from a change that was sent on, and arrives after all.</summary>
    private static bool LetsRepeat(HttpMethod method, HttpStatusCode status) =>
        status == HttpStatusCode.TooManyRequests
        || (status == HttpStatusCode.ServiceUnavailable && Idempotent.Contains(method));

    private HttpResponseMessage ThrowIfRefused(HttpResponseMessage response)
    {
        if (Refusal.Of(response, _origin, source, timeProvider) is { } refusal)
        {
            response.Dispose();
            throw refusal;
        }

        return response;
    }
}

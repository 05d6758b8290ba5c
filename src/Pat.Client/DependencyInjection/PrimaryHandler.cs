namespace Pat.Client;

/// <summary>What the handler that talks to the network does of itself with a request, and may not do with a token.</summary>
internal static class PrimaryHandler
{
    /// <summary>As many as <see cref="SocketsHttpHandler"/> follows unless told otherwise.</summary>
    private const int DefaultMaxRedirects = 50;

    /// <summary>
    /// Lets the primary handler follow no redirect, since it would below ours, where nobody keeps the token from going
    /// along, and use no proxy for plain HTTP, since the token may then go to this machine alone.
    /// </summary>
    /// <returns>How many redirects are to be followed in its place.</returns>
    public static int TakeOver(HttpMessageHandler primary, string name, PersonalAccessTokenClientOptions options)
    {
        var isPlain = options.Origin!.Scheme == Uri.UriSchemeHttp;
        try
        {
            return Innermost(primary) switch
            {
                SocketsHttpHandler sockets => TakeOver(sockets, isPlain),
                HttpClientHandler http => TakeOver(http, isPlain),
                _ when options.TrustPrimaryHandler => DefaultMaxRedirects,
                var other => throw new NotSupportedException(
                    $"The client '{name}' has a primary handler of the type {other.GetType()}, which may follow redirects and take the personal access token along. Use SocketsHttpHandler or HttpClientHandler, or state that it follows none: TrustPrimaryHandler = true."),
            };
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException(
                $"The primary handler of the client '{name}' was in use before, so it can't be told to leave redirects and proxies alone. Make a new one at each call of ConfigurePrimaryHttpMessageHandler, or set AllowAutoRedirect = false, and UseProxy = false for plain HTTP.",
                exception);
        }
    }

    // Their setters throw once they are in use, so nothing is set that is so already.
    private static int TakeOver(SocketsHttpHandler handler, bool isPlain)
    {
        if (isPlain && handler.UseProxy)
        {
            handler.UseProxy = false;
        }

        if (!handler.AllowAutoRedirect)
        {
            return 0;
        }

        handler.AllowAutoRedirect = false;
        return handler.MaxAutomaticRedirections;
    }

    private static int TakeOver(HttpClientHandler handler, bool isPlain)
    {
        if (isPlain && handler.UseProxy)
        {
            handler.UseProxy = false;
        }

        if (!handler.AllowAutoRedirect)
        {
            return 0;
        }

        handler.AllowAutoRedirect = false;
        return handler.MaxAutomaticRedirections;
    }

    private static HttpMessageHandler Innermost(HttpMessageHandler handler) =>
        handler is DelegatingHandler { InnerHandler: { } inner } ? Innermost(inner) : handler;
}

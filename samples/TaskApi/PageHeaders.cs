namespace TaskApi;

/// <summary>What browsers may do with the pages.</summary>
internal static class PageHeaders
{
    /// <summary>No inline style or script, nothing from elsewhere, in nobody's frame.</summary>
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The API's reference page brings a script that writes styles of its own. It acts for whoever is signed in, so nobody frames it either.</summary>
    private const string ApiPolicy = "object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    public static void UsePageHeaders(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        // When the answer begins, since the answer to an exception starts from empty headers.
        context.Response.OnStarting(static state =>
        {
            var http = (HttpContext)state;
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/api") ? ApiPolicy : Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            return Task.CompletedTask;
        }, context);
        return next(context);
    });
}

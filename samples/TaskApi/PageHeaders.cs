namespace TaskApi;

/// <summary>What browsers may do with the pages.</summary>
internal static class PageHeaders
{
    /// <summary>No inline style or script, nothing from elsewhere, in nobody's frame.</summary>
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>For all but the API, whose reference page brings a script that writes styles of its own.</summary>
    public static void UsePageHeaders(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/api"))
        {
            // When the answer begins, since the answer to an exception starts from empty headers.
            context.Response.OnStarting(static state =>
            {
                var headers = ((HttpContext)state).Response.Headers;
                headers.ContentSecurityPolicy = Policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "same-origin";
                return Task.CompletedTask;
            }, context);
        }

        return next(context);
    });
}

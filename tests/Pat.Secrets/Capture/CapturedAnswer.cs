using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pat.Secrets.Capture;

/// <summary>
/// What a server answers and others keep: the headers of every answer, and the bodies of all that refuse or fail, problem
/// details or pages. The body of an answer that succeeds is where a new token is shown, once.
/// </summary>
internal static class CapturedAnswer
{
    public static void Hear(object? request, Recording recording)
    {
        if (request is HttpContext context && context.Features.Get<IHttpResponseBodyFeature>() is { } body)
        {
            context.Features.Set<IHttpResponseBodyFeature>(
                new StreamResponseBodyFeature(new HeardStream(body.Stream, context.Response, recording), body));
            context.Response.OnStarting(() =>
            {
                recording.Write("answer", () => $"{context.Response.StatusCode} {string.Join(' ', context.Response.Headers)}");
                return Task.CompletedTask;
            });
        }
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace TaskApi;

/// <summary>Problem details as a page, for people: outside the API, and only where a browser asks for one.</summary>
internal sealed class ProblemPage : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context)
    {
        var request = context.HttpContext.Request;
        return !request.Path.StartsWithSegments("/api")
            && request.GetTypedHeaders().Accept.Any(static type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
    }

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var status = http.Response.StatusCode;
        var page = new RazorComponentResult<Problem>(new { Title = TitleOf(status), Advice = AdviceOf(status) }) { StatusCode = status };
        await page.ExecuteAsync(http);
    }

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "That did not arrive as it should",
        StatusCodes.Status404NotFound => "There is no such page",
        >= 500 => "Something went wrong",
        _ => ReasonPhrases.GetReasonPhrase(status),
    };

    private static string AdviceOf(int status) => status switch
    {
        // What nearly always lies behind it: signed in or out in another tab.
        StatusCodes.Status400BadRequest => "The page you sent it from may be out of date. Open it again and repeat what you did.",
        StatusCodes.Status404NotFound => "The address may be mistyped, or what was there is gone.",
        >= 500 => "It is our fault, not yours. Please try again in a moment.",
        _ => "Please go back and try again.",
    };
}

using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace PatApi;

/// <summary>Stands in for your sign-in while you develop: whoever gives a name is that user, without a password.</summary>
internal static class DevelopmentSignIn
{
    public const string Path = "/sign-in";

    private const string Page = """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Sign in</title></head>
        <body>
        <h1>Sign in</h1>
        <p>For development: any name will do.</p>
        <form method="post"><label>Name <input name="name" value="alice" maxlength="100" required></label> <button>Sign in</button></form>
        </body>
        </html>
        """;

    public static void MapDevelopmentSignIn(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            throw new InvalidOperationException(
                "DevelopmentSignIn lets anybody be anybody, so it is for Development alone. Put your own sign-in in its place: README.md says how.");
        }

        app.MapGet(Path, () => Results.Content(Page, "text/html; charset=utf-8"));
        app.MapPost(Path, async (HttpContext context, [FromForm] string name, string returnUrl = "/") =>
            {
                await context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, name)], "Cookies")));
                return Results.LocalRedirect(returnUrl);
            })
            .DisableAntiforgery(); // There is no session yet that could be misused.
    }
}

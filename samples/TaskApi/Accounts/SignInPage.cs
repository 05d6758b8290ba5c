using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using TaskApi.Tasks;

namespace TaskApi.Accounts;

/// <summary>Signing in and out with a form.</summary>
internal static class SignInPage
{
    public const string Path = "/signin";

    public const string SignOutPath = "/signout";

    public static void MapSignInPage(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        pages.MapGet(Path, (string? returnUrl) => Show("", returnUrl));
        pages.MapPost(Path, SignInAsync);
        pages.MapPost(SignOutPath, SignOutAsync);
    }

    private static RazorComponentResult<SignIn> Show(string email, string? returnUrl, string? error = null) =>
        new(new { Email = email, ReturnUrl = returnUrl, Error = error })
        {
            StatusCode = error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };

    private static async Task<IResult> SignInAsync([FromForm] SignInForm form, SignInManager<AppUser> signInManager)
    {
        var result = await signInManager.PasswordSignInAsync(
            form.Email, form.Password, isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            // Only to a page of this application: anything else would make the sign-in a way to somebody else's.
            return Results.LocalRedirect(RedirectHttpResult.IsLocalUrl(form.ReturnUrl) ? form.ReturnUrl! : TasksPage.Path);
        }

        // One answer for all: whether there is such an account is nobody's business.
        return Show(form.Email, form.ReturnUrl, "The email address or the password is not right, or there were too many attempts.");
    }

    /// <summary>The form is a parameter so that its antiforgery token is checked.</summary>
    private static async Task<IResult> SignOutAsync([FromForm] IFormCollection form, SignInManager<AppUser> signInManager)
    {
        await signInManager.SignOutAsync();
        return Results.LocalRedirect(Path);
    }
}

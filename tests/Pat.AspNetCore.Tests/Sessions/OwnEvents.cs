using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Pat.AspNetCore.Tests;

/// <summary>Events that do not call those of their base class, as an application may write them.</summary>
internal sealed class OwnEvents : CookieAuthenticationEvents
{
    public const string Mark = "mark";

    public static Task MarkAsync(CookieSigningInContext context)
    {
        context.Principal!.AddIdentity(new ClaimsIdentity([new Claim(Mark, "marked")]));
        return Task.CompletedTask;
    }

    public override Task SigningIn(CookieSigningInContext context) => MarkAsync(context);
}

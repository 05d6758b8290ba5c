using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>The application's own events of a cookie scheme, and with them a note of when its users sign in.</summary>
/// <remarks>
/// The application's are called through the delegates, so that what is configured after this wraps or replaces them as it
/// would have otherwise.
/// </remarks>
internal sealed class SignInEvents : CookieAuthenticationEvents
{
    private readonly TimeProvider _timeProvider;

    /// <param name="timeProvider">The clock.</param>
    /// <param name="own">Finds the application's own events for a request.</param>
    public SignInEvents(TimeProvider timeProvider, Func<HttpContext, CookieAuthenticationEvents> own)
    {
        _timeProvider = timeProvider;
        OnCheckSlidingExpiration = context => own(context.HttpContext).CheckSlidingExpiration(context);
        OnRedirectToAccessDenied = context => own(context.HttpContext).RedirectToAccessDenied(context);
        OnRedirectToLogin = context => own(context.HttpContext).RedirectToLogin(context);
        OnRedirectToLogout = context => own(context.HttpContext).RedirectToLogout(context);
        OnRedirectToReturnUrl = context => own(context.HttpContext).RedirectToReturnUrl(context);
        OnSignedIn = context => own(context.HttpContext).SignedIn(context);
        OnSigningIn = context => own(context.HttpContext).SigningIn(context);
        OnSigningOut = context => own(context.HttpContext).SigningOut(context);
        OnValidatePrincipal = context => own(context.HttpContext).ValidatePrincipal(context);
    }

    public override async Task SigningIn(CookieSigningInContext context)
    {
        await base.SigningIn(context);
        SignInTime.Note(context.Properties, context.Principal, _timeProvider.GetUtcNow());
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        await base.ValidatePrincipal(context);
        if (context.Principal is not { } user || SignInTime.Of(context.Properties) is not { } time)
        {
            return;
        }

        var features = context.HttpContext.Features;
        var notes = features.Get<SignInNotes>();
        if (notes is null)
        {
            features.Set(notes = new SignInNotes());
        }

        notes.Add(user, time);
    }
}

using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>Lets every cookie scheme note when its users sign in, where that matters. Otherwise cookies are left alone.</summary>
internal sealed class SignInNoting(IOptions<PersonalAccessTokenManagementOptions> management, TimeProvider timeProvider)
    : IPostConfigureOptions<CookieAuthenticationOptions>
{
    public void PostConfigure(string? name, CookieAuthenticationOptions options)
    {
        if (management.Value.RequireRecentSignIn is null)
        {
            return;
        }

        var (events, eventsType) = (options.Events ?? new CookieAuthenticationEvents(), options.EventsType);
        options.Events = new SignInEvents(timeProvider, eventsType is null
            ? _ => events
            : context => (CookieAuthenticationEvents)context.RequestServices.GetRequiredService(eventsType));
        options.EventsType = null;
    }
}

using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>
/// Lets the application's default schemes hand requests that carry one of our tokens over to ours, whatever kind of
/// scheme they are. Their names stay, since other code looks them up by name.
/// </summary>
/// <remarks>
/// Open over all options, and asking for services only when it has a scheme's: a constraint on the type would make the
/// container fail for all the others, and asking in the constructor would go round in circles.
/// </remarks>
internal sealed class TokenForwarding<TOptions>(IServiceProvider services) : IPostConfigureOptions<TOptions>
    where TOptions : class
{
    // Asked for once: every request of the application comes through here, those without a token too.
    private readonly Lazy<TokenSchemes> _schemes = new(services.GetRequiredService<TokenSchemes>);

    public void PostConfigure(string? name, TOptions options)
    {
        if (options is not AuthenticationSchemeOptions scheme || options is PersonalAccessTokenAuthenticationOptions || name is null)
        {
            return;
        }

        if (!services.GetRequiredService<IOptions<AuthenticationOptions>>().Value.HasDefault(name))
        {
            return;
        }

        var own = scheme.ForwardDefaultSelector;
        if (own is null)
        {
            // Signing in and out stays here, also for a request with a token: ours can do neither.
            scheme.ForwardSignIn ??= scheme.ForwardDefault ?? name;
            scheme.ForwardSignOut ??= scheme.ForwardDefault ?? name;
        }

        scheme.ForwardDefaultSelector = context =>
            _schemes.Value.FindForwarding(context) ?? own?.Invoke(context);
    }
}

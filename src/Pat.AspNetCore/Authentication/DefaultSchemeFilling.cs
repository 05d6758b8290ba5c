using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>
/// The framework takes an application's only scheme for its default. Adding ours would end that, so the default is named:
/// the application's only scheme, or, where it has none, the one for tokens.
/// </summary>
internal sealed class DefaultSchemeFilling(TokenSchemeNames names) : IPostConfigureOptions<AuthenticationOptions>
{
    private const string SuppressSwitch = "Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme";

    public void PostConfigure(string? name, AuthenticationOptions options)
    {
        if (options.DefaultScheme is not null || (AppContext.TryGetSwitch(SuppressSwitch, out var isSuppressed) && isSuppressed))
        {
            return;
        }

        var foreign = options.Schemes
            .Select(scheme => scheme.Name)
            .Where(scheme => !names.Contains(scheme) && scheme != PersonalAccessTokenDefaults.SelectorScheme)
            .ToList();
        options.DefaultScheme = foreign.Count switch
        {
            0 => names.Primary,
            1 => foreign[0],
            _ => null,
        };
    }
}

using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>Reads options from <c>Authentication:Schemes:{name}</c>, as the framework's own schemes do. What tokens are is read from the first scheme's section.</summary>
internal sealed class SchemeConfiguration(TokenSchemeNames names, IServiceProvider services) :
    IConfigureOptions<PersonalAccessTokenOptions>, IConfigureNamedOptions<PersonalAccessTokenAuthenticationOptions>
{
    public void Configure(PersonalAccessTokenOptions options) => Find(names.Primary)?.Bind(options);

    public void Configure(PersonalAccessTokenAuthenticationOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, PersonalAccessTokenAuthenticationOptions options)
    {
        if (names.Contains(name))
        {
            Find(name!)?.Bind(options);
        }
    }

    /// <summary>Null where the application has no configuration at all.</summary>
    private IConfiguration? Find(string scheme) =>
        services.GetService<IConfiguration>() is null
            ? null
            : services.GetRequiredService<IAuthenticationConfigurationProvider>().GetSchemeConfiguration(scheme);
}

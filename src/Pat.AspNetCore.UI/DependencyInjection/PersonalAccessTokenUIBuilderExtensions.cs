using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Pat;
using Pat.AspNetCore.UI;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the settings page of personal access tokens.</summary>
public static class PersonalAccessTokenUIBuilderExtensions
{
    /// <summary>
    /// Adds the settings page on which users manage their tokens. Where it is, <c>MapPersonalAccessTokensUI</c> says.
    /// </summary>
    /// <remarks>
    /// It works in any ASP.NET Core application, with scripts switched off too. Its forms are protected by ASP.NET Core's
    /// antiforgery and data protection, whose keys several nodes have to share (as for cookies).
    /// </remarks>
    /// <param name="builder">The personal access tokens.</param>
    /// <param name="configure">Sets how the page looks: the application's layout, the time zone.</param>
    public static PersonalAccessTokenBuilder AddUI(
        this PersonalAccessTokenBuilder builder, Action<PersonalAccessTokenUIOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddRazorComponents();
        services.AddAntiforgery();
        services.AddDataProtection();
        services.AddLocalization();
        services.TryAddSingleton<Texts>();
        services.TryAddSingleton<PageHeaders>();
        services.TryAddSingleton<PageRenderer>();
        services.TryAddSingleton<TypedFields>();
        services.TryAddSingleton<SessionCheck>();
        services.TryAddSingleton<PageEndpoints>();
        services.TryAddSingleton<LinkedFields>();
        services.TryAddSingleton<NewTokenIds>();
        services.TryAddSingleton<IssuedTokens>();
        services.TryAddSingleton<Failures>();
        services.TryAddSingleton<OwnedTokens>();
        services.TryAddSingleton<ShownStates>();
        services.TryAddSingleton<TokenListPages>();
        services.TryAddSingleton<NewTokenPages>();
        services.TryAddSingleton<EditPages>();
        services.TryAddSingleton<RotationPages>();
        services.TryAddSingleton<RevocationPages>();
        services.TryAddEnumerable(ServiceDescriptor
            .Singleton<IValidateOptions<PersonalAccessTokenUIOptions>, PersonalAccessTokenUIOptionsValidator>());
        services.AddOptions<PersonalAccessTokenUIOptions>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return builder;
    }
}

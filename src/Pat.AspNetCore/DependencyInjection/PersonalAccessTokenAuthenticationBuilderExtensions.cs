using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Pat;
using Pat.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds authentication schemes for personal access tokens.</summary>
public static class PersonalAccessTokenAuthenticationBuilderExtensions
{
    /// <summary>Adds the scheme <c>PersonalAccessToken</c>.</summary>
    /// <inheritdoc cref="AddPersonalAccessTokens(AuthenticationBuilder, string, string?, Action{PersonalAccessTokenAuthenticationOptions}?)"/>
    public static AuthenticationBuilder AddPersonalAccessTokens(this AuthenticationBuilder builder) =>
        builder.AddPersonalAccessTokens(PersonalAccessTokenDefaults.AuthenticationScheme, null);

    /// <summary>Adds the scheme <c>PersonalAccessToken</c>.</summary>
    /// <inheritdoc cref="AddPersonalAccessTokens(AuthenticationBuilder, string, string?, Action{PersonalAccessTokenAuthenticationOptions}?)"/>
    public static AuthenticationBuilder AddPersonalAccessTokens(
        this AuthenticationBuilder builder, Action<PersonalAccessTokenAuthenticationOptions>? configure) =>
        builder.AddPersonalAccessTokens(PersonalAccessTokenDefaults.AuthenticationScheme, configure);

    /// <summary>Adds a scheme.</summary>
    /// <inheritdoc cref="AddPersonalAccessTokens(AuthenticationBuilder, string, string?, Action{PersonalAccessTokenAuthenticationOptions}?)"/>
    public static AuthenticationBuilder AddPersonalAccessTokens(this AuthenticationBuilder builder, string authenticationScheme) =>
        builder.AddPersonalAccessTokens(authenticationScheme, configure: null);

    /// <summary>Adds a scheme.</summary>
    /// <inheritdoc cref="AddPersonalAccessTokens(AuthenticationBuilder, string, string?, Action{PersonalAccessTokenAuthenticationOptions}?)"/>
    public static AuthenticationBuilder AddPersonalAccessTokens(
        this AuthenticationBuilder builder,
        string authenticationScheme,
        Action<PersonalAccessTokenAuthenticationOptions>? configure) =>
        builder.AddPersonalAccessTokens(authenticationScheme, displayName: null, configure);

    /// <summary>Adds a scheme.</summary>
    /// <param name="builder">The application's authentication.</param>
    /// <param name="authenticationScheme">The scheme's name. Adding one that is there only adds configuration.</param>
    /// <param name="displayName">The scheme's name for people, or null.</param>
    /// <param name="configure">
    /// Sets how the scheme answers; the configuration section <c>Authentication:Schemes:{name}</c> is read before. A
    /// second scheme names its <see cref="PersonalAccessTokenAuthenticationOptions.TokenPrefixes"/>.
    /// </param>
    public static AuthenticationBuilder AddPersonalAccessTokens(
        this AuthenticationBuilder builder,
        string authenticationScheme,
        string? displayName,
        Action<PersonalAccessTokenAuthenticationOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(authenticationScheme);
        var names = AddShared(builder.Services);
        if (names.TryAdd(authenticationScheme))
        {
            builder.AddScheme<PersonalAccessTokenAuthenticationOptions, PersonalAccessTokenHandler>(
                authenticationScheme, displayName, null);
            builder.Services.AddOptions<PersonalAccessTokenAuthenticationOptions>(authenticationScheme).ValidateOnStart();
        }

        if (configure is not null)
        {
            builder.Services.Configure(authenticationScheme, configure);
        }

        return builder;
    }

    internal static bool HasTokenScheme(IServiceCollection services) => FindNames(services) is not null;

    private static TokenSchemeNames? FindNames(IServiceCollection services) =>
        services.FirstOrDefault(service => service.ServiceType == typeof(TokenSchemeNames))?.ImplementationInstance as TokenSchemeNames;

    /// <summary>What all schemes stand on, added with the first.</summary>
    private static TokenSchemeNames AddShared(IServiceCollection services)
    {
        if (FindNames(services) is { } present)
        {
            return present;
        }

        var names = new TokenSchemeNames();
        services.AddSingleton(names);
        services.AddAuthentication()
            .Services.AddAuthorization();
        services.Configure<AuthenticationOptions>(options =>
            options.AddScheme<TokenOrDefaultHandler>(PersonalAccessTokenDefaults.SelectorScheme, displayName: null));
        services.TryAddTransient<TokenOrDefaultHandler>();
        if (services.FirstOrDefault(static service => service.ServiceType == typeof(IPolicyEvaluator)) is { ImplementationType: { } evaluator }
            && evaluator == typeof(PolicyEvaluator))
        {
            // An application's own stays.
            services.Replace(ServiceDescriptor.Transient<IPolicyEvaluator, TokenPolicyEvaluator>());
        }

        // Configuration is read before what the application sets in code.
        services.AddSingleton<SchemeConfiguration>();
        services.AddSingleton<IConfigureOptions<PersonalAccessTokenOptions>>(
            static services => services.GetRequiredService<SchemeConfiguration>());
        services.AddSingleton<IConfigureOptions<PersonalAccessTokenAuthenticationOptions>>(
            static services => services.GetRequiredService<SchemeConfiguration>());
        services.AddPersonalAccessTokenCore();

        services.AddSingleton<TokenSchemes>();
        services.AddSingleton<TokenJudge>();
        services.AddSingleton<FailureLimits>();
        services.AddSingleton<SecurityLog>();
        services.AddSingleton<TokenAccess>();
        services.AddSingleton<OpenEndpoints>();
        services.AddSingleton<OwnerSessions>();
        services.AddSingleton<IPostConfigureOptions<CookieAuthenticationOptions>, SignInNoting>();
        services.AddSingleton<RequestOrigins>();
        services.AddSingleton<ManagementMappings>();
        services.AddSingleton<ManagementAnswers>();
        services.AddSingleton<ManagementEndpoints>();
        services.AddSingleton<SelfEndpoints>();
        services.AddSingleton<IAuthorizationHandler, TokenRequirementHandler>();
        services.AddSingleton<IAuthorizationHandler, ClosedEndpointHandler>();
        services.AddSingleton<IAuthorizationHandler, UnstoredAnswers.OfRefusals>();
        services.AddSingleton<IConfigureOptions<AuthorizationOptions>, TokenPolicies>();
        services.AddSingleton<IPostConfigureOptions<AuthenticationOptions>, DefaultSchemeFilling>();
        services.AddSingleton(typeof(IPostConfigureOptions<>), typeof(TokenForwarding<>));
        services.AddSingleton<
            IValidateOptions<PersonalAccessTokenAuthenticationOptions>, PersonalAccessTokenAuthenticationOptionsValidator>();
        services.AddSingleton<IValidateOptions<PersonalAccessTokenManagementOptions>, PersonalAccessTokenManagementOptionsValidator>();
        services.AddOptions<PersonalAccessTokenManagementOptions>().ValidateOnStart();
        services.AddSingleton<OpenConnections>();
        services.AddSingleton<IHostedService>(static services => services.GetRequiredService<OpenConnections>());
        services.AddSingleton<TokenHubFilter>();
        services.AddSingleton<IConfigureOptions<HubOptions>, TokenHubFilter.Adding>();
        services.AddSingleton<IHostedService, TokenSchemeCheck>();
        services.AddSingleton<IHostedService, EndpointCheck>();
        services.AddSingleton<IHostedService, StartNotes>();
        return names;
    }
}

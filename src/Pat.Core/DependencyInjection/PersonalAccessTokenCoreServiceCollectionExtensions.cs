using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Pat;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds personal access tokens to an application without ASP.NET Core: a worker or a tool.</summary>
public static class PersonalAccessTokenCoreServiceCollectionExtensions
{
    /// <summary>
    /// Adds the <see cref="PersonalAccessTokenManager"/> and the background work. A store has to be added too. A web
    /// application calls <c>AddPersonalAccessTokens</c>, which includes this. Calling it again only adds configuration.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the options; they are checked when the application starts.</param>
    public static PersonalAccessTokenBuilder AddPersonalAccessTokenCore(
        this IServiceCollection services, Action<PersonalAccessTokenOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddMetrics();
        services.AddOptions<PersonalAccessTokenOptions>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PersonalAccessTokenOptions>, PersonalAccessTokenOptionsValidator>());
        services.TryAddSingleton<PersonalAccessTokenScopes>();
        services.TryAddSingleton<PatMetrics>();
        services.TryAddSingleton<Clock>();
        services.TryAddSingleton<SecretHasher>();
        services.TryAddSingleton<VerificationCache>();
        services.TryAddSingleton<ChangeCounters>();
        services.TryAddSingleton<RefreshRounds>();
        services.TryAddSingleton<PersonalAccessTokenNode>();
        services.TryAddSingleton<StoreClock>();
        services.TryAddSingleton<StoreGuard>();
        services.TryAddSingleton<FeedStatus>();
        services.TryAddSingleton<ChangePublisher>();
        services.TryAddSingleton<ScopeGrants>();
        services.TryAddSingleton<OwnerLookup>();
        services.TryAddSingleton<OwnerTurns>();
        services.TryAddSingleton<RequestRules>();
        services.TryAddSingleton<UsageRecorder>();

        // Where there is no room for many lines this takes the place of the logger that anybody gets.
        services.TryAddSingleton<ILogger<PersonalAccessTokenVerifier>, VerificationLogger>();

        // What needs the store is made by factories: the container's own check at build time would otherwise hide the
        // validator's answer, which says how to add one.
        services.TryAddSingleton(static provider => CreateWithStore<TokenReader>(provider));
        services.TryAddSingleton(static provider => CreateWithStore<TokenLookups>(provider));
        services.TryAddSingleton(static provider => CreateWithStore<SharedProofs>(provider));
        services.TryAddSingleton(static provider => CreateWithStore<PersonalAccessTokenVerifier>(provider));
        services.TryAddSingleton(static provider => CreateWithStore<SecretIssuer>(provider));
        services.TryAddSingleton(static provider => CreateWithStore<ManagedStore>(provider));
        services.TryAddSingleton(static provider => CreateWithStore<TokenChanges>(provider));
        services.TryAddSingleton(static provider => CreateWithStore<UsageWriter>(provider));
        services.TryAddSingleton(static provider => CreateWithStore<StateRefresher>(provider));
        services.TryAddSingleton(static provider => CreateWithStore<StoreMonitor>(provider));
        services.TryAddSingleton(static provider => CreateWithStore<ChangeListener>(provider));
        services.TryAddSingleton(static provider => new PersonalAccessTokenManager(
            provider.GetRequiredService<ManagedStore>(),
            provider.GetRequiredService<OwnerTurns>(),
            provider.GetRequiredService<ChangePublisher>(),
            provider.GetRequiredService<PersonalAccessTokenVerifier>(),
            provider.GetRequiredService<SecretIssuer>(),
            provider.GetRequiredService<TokenChanges>(),
            provider.GetRequiredService<RequestRules>(),
            provider.GetRequiredService<Clock>(),
            provider.GetRequiredService<PatMetrics>(),
            provider.GetRequiredService<IOptions<PersonalAccessTokenOptions>>(),
            provider.GetRequiredService<ILogger<PersonalAccessTokenManager>>()));
        services.TryAddSingleton(static provider => new PersonalAccessTokenCleanup(
            StoreOf(provider),
            provider.GetRequiredService<Clock>(),
            provider.GetRequiredService<StoreClock>(),
            provider.GetRequiredService<PatMetrics>(),
            provider.GetRequiredService<IOptions<PersonalAccessTokenOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PersonalAccessTokenCleanup>>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, UsageWriter>(
            static provider => provider.GetRequiredService<UsageWriter>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StateRefresher>(
            static provider => provider.GetRequiredService<StateRefresher>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StoreMonitor>(
            static provider => provider.GetRequiredService<StoreMonitor>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ChangeListener>(
            static provider => provider.GetRequiredService<ChangeListener>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CleanupService>(
            static provider => ActivatorUtilities.CreateInstance<CleanupService>(provider)));

        return new PersonalAccessTokenBuilder(services);
    }

    // Hosted services are made before the host checks its options, so they have to be checked here: that there is no store
    // is one of the faults they tell, with its cure.
    private static IPersonalAccessTokenStore StoreOf(IServiceProvider provider)
    {
        _ = provider.GetRequiredService<IOptions<PersonalAccessTokenOptions>>().Value;
        return provider.GetRequiredService<IPersonalAccessTokenStore>();
    }

    private static T CreateWithStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        IServiceProvider provider)
    {
        _ = StoreOf(provider);
        return ActivatorUtilities.CreateInstance<T>(provider);
    }
}

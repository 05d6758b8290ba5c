using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Pat;
using Pat.Testing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes an application that tests start hand out tokens.</summary>
public static class PersonalAccessTokenTestingServiceCollectionExtensions
{
    /// <summary>
    /// Lets tests call <c>CreatePersonalAccessTokenAsync</c> on the application's services. New secrets are hashed by SHA-256, which
    /// costs nothing, and an owner may have 10,000 tokens and make 1,000,000 a day; all else stays as the application
    /// has it, and so does the way in which tokens are judged.
    /// </summary>
    /// <remarks>
    /// It stands before or after <c>AddPersonalAccessTokens</c>. With it the application starts in the environments Development and
    /// Testing alone: anywhere else the start fails, and no token is judged or made.
    /// </remarks>
    /// <param name="services">The application's services, in a test: <c>builder.ConfigureTestServices(services => ...)</c>.</param>
    public static IServiceCollection AddPersonalAccessTokenTesting(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<PersonalAccessTokenOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PersonalAccessTokenOptions>, TestEnvironment>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<PersonalAccessTokenOptions>, TestSettings>());
        services.TryAddSingleton<TestTokens>();
        return services;
    }
}

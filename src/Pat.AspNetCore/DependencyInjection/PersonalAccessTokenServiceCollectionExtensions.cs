using Microsoft.AspNetCore.Authentication;
using Pat;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds personal access tokens to a web application.</summary>
public static class PersonalAccessTokenServiceCollectionExtensions
{
    /// <summary>
    /// Adds the authentication scheme <c>PersonalAccessToken</c> (unless a scheme for tokens was added before), the
    /// policies for scopes, the manager and the background work. A store has to be added to what it returns. It stands
    /// before or after <c>AddAuthentication</c>; the application's default scheme stays what it is.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">
    /// Sets what tokens are; the configuration section <c>Authentication:Schemes:PersonalAccessToken</c> is read before.
    /// Everything is checked when the application starts.
    /// </param>
    public static PersonalAccessTokenBuilder AddPersonalAccessTokens(
        this IServiceCollection services, Action<PersonalAccessTokenOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var schemes = new AuthenticationBuilder(services);
        if (!PersonalAccessTokenAuthenticationBuilderExtensions.HasTokenScheme(services))
        {
            schemes.AddPersonalAccessTokens();
        }

        return services.AddPersonalAccessTokenCore(configure);
    }
}

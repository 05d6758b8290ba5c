using Pat;
using Pat.Testing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Tokens for tests.</summary>
public static class PersonalAccessTokenTestingServiceProviderExtensions
{
    /// <summary>Creates a token as its owner would, in the application's own store.</summary>
    /// <param name="services">The services of the application: <c>factory.Services</c>.</param>
    /// <param name="ownerId">Whose token: the id that the application has for the user. Where owners come from Identity or a source of the application's, the user must exist.</param>
    /// <param name="scopes">What it may do: at least one scope that the application knows.</param>
    /// <returns>
    /// Its value, for the header: <c>Authorization: Bearer</c> and the value. It works for a day, or for
    /// <see cref="PersonalAccessTokenOptions.MaxLifetime"/> where that is shorter.
    /// </returns>
    /// <exception cref="InvalidOperationException">There can be no such token; the message says why, and what to do.</exception>
    public static Task<string> CreatePersonalAccessTokenAsync(this IServiceProvider services, string ownerId, params string[] scopes) =>
        TokensOf(services).CreateAsync(ownerId, scopes);

    /// <summary>Creates a token that has expired: it was good once, and the application answers it 401.</summary>
    /// <inheritdoc cref="CreatePersonalAccessTokenAsync"/>
    /// <returns>Its value.</returns>
    public static Task<string> CreateExpiredPersonalAccessTokenAsync(this IServiceProvider services, string ownerId, params string[] scopes) =>
        TokensOf(services).CreateExpiredAsync(ownerId, scopes);

    private static TestTokens TokensOf(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.GetService<TestTokens>()
            ?? throw new InvalidOperationException(
                "This application makes no tokens for tests. Add that where the test starts it: services.AddPersonalAccessTokenTesting().");
    }
}

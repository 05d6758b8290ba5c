using Microsoft.Extensions.Diagnostics.HealthChecks;
using Pat.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what personal access tokens rest on to the application's health checks.</summary>
public static class PersonalAccessTokenHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of the token store (which it asks, within <c>StoreTimeout</c>), the change feed, the clocks and the last
    /// uses not yet written. A store that does not answer is <paramref name="failureStatus"/>; a feed that is down, a clock
    /// more than a second off the database's, more than 50,000 last uses in memory and, until the process ends, a hash whose
    /// pepper's key is not there are <see cref="HealthStatus.Degraded"/>, for other tokens are judged all the same.
    /// </summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">The check's name. Default: <c>personal_access_tokens</c>.</param>
    /// <param name="failureStatus">What a store that does not answer is. Default: <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags to choose the check by.</param>
    public static IHealthChecksBuilder AddPersonalAccessTokens(
        this IHealthChecksBuilder builder,
        string name = "personal_access_tokens",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<TokenHealthCheck>(name, failureStatus, tags ?? []);
    }
}

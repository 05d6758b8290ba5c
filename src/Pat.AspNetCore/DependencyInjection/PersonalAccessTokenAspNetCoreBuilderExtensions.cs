using Microsoft.Extensions.DependencyInjection.Extensions;
using Pat.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What a web application asks of personal access tokens beyond the store and the owners.</summary>
public static class PersonalAccessTokenAspNetCoreBuilderExtensions
{
    /// <summary>
    /// Asks every endpoint that requires authorization to say whether it takes tokens: by a scope, <c>AllowAnyToken</c> or
    /// <c>RefuseTokens</c>, itself, by its group or by its policy. One that says nothing, and would take none, stops the start
    /// with its name. Those that take tokens are logged at Information, with what a token needs.
    /// </summary>
    /// <remarks>Asked when the application has started: what is mapped later is not looked at, and takes no tokens unless it says so.</remarks>
    /// <param name="builder">What <c>AddPersonalAccessTokens</c> returned.</param>
    public static PersonalAccessTokenBuilder RequireExplicitTokenAccess(this PersonalAccessTokenBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<ExplicitTokenAccess>();
        return builder;
    }
}

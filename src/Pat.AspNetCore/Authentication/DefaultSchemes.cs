using Microsoft.AspNetCore.Authentication;

namespace Pat.AspNetCore;

/// <summary>The schemes that an application's requests go to where nothing else is said: those hand tokens over to ours.</summary>
internal static class DefaultSchemes
{
    /// <summary>Whether <paramref name="scheme"/> authenticates, challenges or forbids by default.</summary>
    public static bool HasDefault(this AuthenticationOptions options, string scheme) =>
        scheme == (options.DefaultAuthenticateScheme ?? options.DefaultScheme)
        || scheme == (options.DefaultChallengeScheme ?? options.DefaultScheme)
        || scheme == (options.DefaultForbidScheme ?? options.DefaultChallengeScheme ?? options.DefaultScheme);
}

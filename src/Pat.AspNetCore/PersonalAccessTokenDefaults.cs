namespace Pat.AspNetCore;

/// <summary>The names that personal access tokens have in an application unless it says otherwise.</summary>
public static class PersonalAccessTokenDefaults
{
    /// <summary>The authentication scheme: <c>PersonalAccessToken</c>.</summary>
    public const string AuthenticationScheme = "PersonalAccessToken";

    /// <summary>
    /// The scheme that scope policies name: a request that carries a token is that token's, any other is left to the
    /// application's default scheme.
    /// </summary>
    public const string SelectorScheme = "PersonalAccessTokenOrDefault";

    /// <summary>Where the management API is: <c>/api/auth/access_tokens</c>.</summary>
    public const string ManagementPath = "/api/auth/access_tokens";

    /// <summary>Where operators see which endpoints take tokens: <c>/diagnostics/access_tokens</c>.</summary>
    public const string DiagnosticsPath = "/diagnostics/access_tokens";
}

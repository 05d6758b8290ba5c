namespace Pat.AspNetCore;

/// <summary>The names of the authorization policies that are registered for scopes.</summary>
public static class PersonalAccessTokenPolicies
{
    /// <summary>Asks a token for the scope <c>read</c>.</summary>
    public const string Read = ScopePrefix + PersonalAccessTokenOptions.ReadScope;

    /// <summary>Asks a token for the scope <c>write</c>.</summary>
    public const string Write = ScopePrefix + PersonalAccessTokenOptions.WriteScope;

    internal const string ScopePrefix = "PersonalAccessToken:";
    internal const string ScopeByMethod = "PersonalAccessToken.ScopeByMethod";
    internal const string AnyToken = "PersonalAccessToken.AnyToken";
    internal const string TokenOnly = "PersonalAccessToken.TokenOnly";
    internal const string SessionOnly = "PersonalAccessToken.SessionOnly";

    /// <summary>The policy that asks a token for <paramref name="scope"/>.</summary>
    public static string For(string scope) => ScopePrefix + scope;
}

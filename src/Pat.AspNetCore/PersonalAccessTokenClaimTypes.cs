namespace Pat.AspNetCore;

/// <summary>The claims that tell a token's principal from a signed-in user's.</summary>
public static class PersonalAccessTokenClaimTypes
{
    /// <summary>The token's id in its 22 characters. A claims transformation must keep it.</summary>
    public const string TokenId = "pat_id";

    /// <summary>One for each scope that the token amounts to, implied ones included.</summary>
    public const string Scope = "scope";

    /// <summary>How the caller was authenticated (RFC 8176): <see cref="TokenMethod"/>.</summary>
    public const string AuthenticationMethod = "amr";

    /// <summary>The value of <see cref="AuthenticationMethod"/> for a token: <c>pat</c>.</summary>
    public const string TokenMethod = "pat";
}

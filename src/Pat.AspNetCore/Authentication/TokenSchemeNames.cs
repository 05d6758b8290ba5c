using System.Security.Claims;

namespace Pat.AspNetCore;

/// <summary>The names of the application's schemes for personal access tokens, in the order they were added.</summary>
internal sealed class TokenSchemeNames
{
    private readonly List<string> _names = [];

    public IReadOnlyList<string> All => _names;

    /// <summary>The scheme that answers where a request has no token of any.</summary>
    public string Primary => _names[0];

    public bool Contains(string? name) => name is not null && _names.Contains(name);

    /// <summary>Whether an identity is a token's, by what it says of itself: here or in another credential that was made of it.</summary>
    public bool IsTokens(ClaimsIdentity identity) =>
        identity.HasClaim(static claim => claim.Type == PersonalAccessTokenClaimTypes.TokenId) || Contains(identity.AuthenticationType);

    /// <summary>False if it was there before.</summary>
    public bool TryAdd(string name)
    {
        if (_names.Contains(name))
        {
            return false;
        }

        _names.Add(name);
        return true;
    }
}

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

    /// <summary>
    /// Whether one of a user's identities is a token's, by what it says of itself: here or in another credential that was made of
    /// it. Every authorization of a request without a token asks.
    /// </summary>
    public bool IsTokens(ClaimsPrincipal user)
    {
        foreach (var identity in user.Identities)
        {
            if (identity.FindFirst(PersonalAccessTokenClaimTypes.TokenId) is not null || Contains(identity.AuthenticationType))
            {
                return true;
            }
        }

        return false;
    }

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

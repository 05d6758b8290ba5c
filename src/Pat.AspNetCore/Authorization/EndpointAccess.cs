using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>What an endpoint's effective authorization policy means for tokens.</summary>
internal sealed class EndpointAccess
{
    public EndpointAccess(Endpoint? endpoint, AuthorizationPolicy? policy, TokenSchemeNames names)
    {
        Endpoint = endpoint;
        Requirements = [.. policy?.Requirements.OfType<TokenRequirement>() ?? []];
        RequiresAuthorization = policy is not null && endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is null;
        RefusesTokens = endpoint?.Metadata.GetMetadata<RefuseTokensAttribute>() is not null;
        IsOpen = Requirements.Count > 0
            && Requirements.All(requirement => requirement.OpensEndpoint)
            && RequiresAuthorization
            && !RefusesTokens;
        NamedSchemes = [.. policy?.AuthenticationSchemes
            .Where(scheme => scheme != PersonalAccessTokenDefaults.SelectorScheme) ?? []];
        OpenTo = !IsOpen ? []
            : NamedSchemes.Any(names.Contains) ? [.. names.All.Where(NamedSchemes.Contains)]
            : [.. names.All];
    }

    /// <summary>Which endpoint it is, or null for requests without one.</summary>
    public Endpoint? Endpoint { get; }

    /// <summary>Whether it asks anything of its callers.</summary>
    public bool RequiresAuthorization { get; }

    /// <summary>Whether it says that it takes no tokens.</summary>
    public bool RefusesTokens { get; }

    /// <summary>Whether it takes tokens: it asks something of them, and does not let everybody in.</summary>
    public bool IsOpen { get; }

    /// <summary>The schemes whose tokens it takes: where it names schemes for tokens itself, those and no others.</summary>
    public string[] OpenTo { get; }

    /// <summary>The authentication schemes that it names beside the one that scope policies name.</summary>
    public IReadOnlyList<string> NamedSchemes { get; }

    /// <summary>What it asks of tokens.</summary>
    public IReadOnlyList<TokenRequirement> Requirements { get; }

    /// <summary>The scopes that a token needs for a request, in the fewest names; none where any token will do.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="scopes">What implies what: what another needed scope implies is not named beside it.</param>
    public IReadOnlyList<string> ScopesFor(string? method, PersonalAccessTokenScopes scopes)
    {
        var fewest = new List<string>();
        foreach (var name in Requirements.Select(requirement => requirement.ScopeFor(method)).OfType<string>())
        {
            if (!fewest.Exists(kept => Implies(kept, name)))
            {
                fewest.RemoveAll(kept => Implies(name, kept));
                fewest.Add(name);
            }
        }

        return fewest;

        bool Implies(string held, string name) => held == name || scopes.Expand([held]).Contains(name);
    }
}

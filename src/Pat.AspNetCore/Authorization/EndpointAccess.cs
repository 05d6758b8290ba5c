using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>What an endpoint's effective authorization policy means for tokens.</summary>
internal sealed class EndpointAccess
{
    public EndpointAccess(Endpoint? endpoint, AuthorizationPolicy? policy, TokenSchemeNames names)
    {
        Requirements = [.. policy?.Requirements.OfType<TokenRequirement>() ?? []];
        IsOpen = Requirements.Count > 0
            && Requirements.All(requirement => requirement.OpensEndpoint)
            && endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is null;
        NamedSchemes = [.. policy?.AuthenticationSchemes
            .Where(scheme => scheme != PersonalAccessTokenDefaults.SelectorScheme) ?? []];
        OpenTo = !IsOpen ? []
            : NamedSchemes.Any(names.Contains) ? [.. names.All.Where(NamedSchemes.Contains)]
            : [.. names.All];
    }

    /// <summary>Whether it takes tokens: it asks something of them, and does not let everybody in.</summary>
    public bool IsOpen { get; }

    /// <summary>The schemes whose tokens it takes: where it names schemes for tokens itself, those and no others.</summary>
    public string[] OpenTo { get; }

    /// <summary>The authentication schemes that it names beside the one that scope policies name.</summary>
    public IReadOnlyList<string> NamedSchemes { get; }

    /// <summary>What it asks of tokens.</summary>
    public IReadOnlyList<TokenRequirement> Requirements { get; }
}

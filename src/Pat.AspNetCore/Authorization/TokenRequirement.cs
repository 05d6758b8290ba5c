using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>What an endpoint asks of a token.</summary>
internal abstract class TokenRequirement : IAuthorizationRequirement
{
    /// <summary>Whether stating it opens an endpoint to tokens; the others close it, whatever else is stated.</summary>
    public virtual bool OpensEndpoint => true;

    /// <summary>Whether a signed-in user without a token meets it.</summary>
    public virtual bool AcceptsSessions => true;

    /// <summary>The scope that a token needs for a request, or null where any will do.</summary>
    /// <param name="method">The request's method, or null where there is no request to ask.</param>
    public virtual string? ScopeFor(string? method) => null;

    /// <summary>The scope that a token needs for a request, or for one that is not at hand.</summary>
    public virtual string? ScopeFor(HttpRequest? request) => ScopeFor(request?.Method);

    /// <summary>The scopes that it can ask for.</summary>
    public virtual IEnumerable<string> PossibleScopes => [];
}

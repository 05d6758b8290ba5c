using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>A token needs <c>read</c> for the methods that only read, <c>write</c> for all others.</summary>
internal sealed class ScopeByMethodRequirement : TokenRequirement
{
    public override IEnumerable<string> PossibleScopes =>
        [PersonalAccessTokenOptions.ReadScope, PersonalAccessTokenOptions.WriteScope];

    public override string? ScopeFor(string? method) =>
        // Exactly so: methods are case-sensitive (RFC 9110, section 9.1), and an application may take "get" for anything.
        method is "GET" or "HEAD" or "OPTIONS"
            ? PersonalAccessTokenOptions.ReadScope
            : PersonalAccessTokenOptions.WriteScope;

    /// <summary>A WebSocket begins by GET over HTTP/1.1 and by CONNECT from HTTP/2 on (RFC 8441), and does not say what it is for.</summary>
    public override string? ScopeFor(HttpRequest? request) => request is not null && BeginsWebSocket(request)
        ? PersonalAccessTokenOptions.WriteScope
        : base.ScopeFor(request);

    private static bool BeginsWebSocket(HttpRequest request) =>
        request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase);

    /// <summary>For the log of the authorization middleware.</summary>
    public override string ToString() => "A token needs the scope read for GET, HEAD and OPTIONS, write for the rest.";
}

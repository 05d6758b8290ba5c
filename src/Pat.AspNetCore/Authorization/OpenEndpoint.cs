namespace Pat.AspNetCore;

/// <summary>An endpoint that takes tokens, for the methods that ask the same of them.</summary>
/// <param name="Endpoint">Its name, as logs and errors have it.</param>
/// <param name="Pattern">Its route, or null where it has none.</param>
/// <param name="Methods">The methods; <c>*</c> stands for all others.</param>
/// <param name="Scopes">The scopes that a token needs, in the fewest names; none where any token will do.</param>
/// <param name="Schemes">The schemes whose tokens it takes.</param>
internal sealed record OpenEndpoint(
    string Endpoint, string? Pattern, IReadOnlyList<string> Methods, IReadOnlyList<string> Scopes, IReadOnlyList<string> Schemes);

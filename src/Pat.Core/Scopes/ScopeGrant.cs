namespace Pat;

/// <summary>Scopes that tokens hold and what they amount to, shared by all tokens that hold the same ones.</summary>
/// <param name="Held">As they were given.</param>
/// <param name="Expanded">With those they imply.</param>
internal sealed record ScopeGrant(List<string> Held, string[] Expanded);

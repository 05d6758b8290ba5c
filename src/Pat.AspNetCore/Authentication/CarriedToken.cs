namespace Pat.AspNetCore;

/// <summary>What the Authorization header of a request holds, as far as tokens are concerned.</summary>
/// <param name="Scheme">The scheme whose token it is, or null where it is none of ours.</param>
/// <param name="Value">The token as it was sent, or null.</param>
internal readonly record struct CarriedToken(string? Scheme, string? Value)
{
    /// <summary>Whether one of our tokens came together with other credentials (RFC 6750, section 3.1, invalid_request).</summary>
    public bool IsAmbiguous => Scheme is not null && Value is null;

    /// <summary>Without the token.</summary>
    public override string ToString() => Scheme ?? "none";
}

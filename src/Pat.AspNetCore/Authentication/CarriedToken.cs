namespace Pat.AspNetCore;

/// <summary>What the Authorization header of a request holds, as far as tokens are concerned.</summary>
/// <param name="scheme">The scheme whose token it is, or null where it is none of ours.</param>
/// <param name="line">The header's line that has the token, or null. It is not sliced: a request that is let in makes no string of it.</param>
/// <param name="start">Where the token begins in it.</param>
/// <param name="length">How many characters it has.</param>
internal readonly struct CarriedToken(string? scheme, string? line = null, int start = 0, int length = 0)
{
    /// <summary>The scheme whose token it is, or null where it is none of ours.</summary>
    public string? Scheme { get; } = scheme;

    /// <summary>The token as it was sent.</summary>
    public ReadOnlySpan<char> Value => line.AsSpan(start, length);

    /// <summary>Whether one of our tokens came together with other credentials (RFC 6750, section 3.1, invalid_request).</summary>
    public bool IsAmbiguous => Scheme is not null && line is null;

    /// <summary>Without the token.</summary>
    public override string ToString() => Scheme ?? "none";
}

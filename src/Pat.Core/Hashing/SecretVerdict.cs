namespace Pat;

/// <summary>What comparing a token with a stored hash found.</summary>
internal enum SecretVerdict
{
    /// <summary>The hash is of this token.</summary>
    Match,

    /// <summary>The hash is of something else.</summary>
    Mismatch,

    /// <summary>The stored text is no hash that we make, or one that asks for too much.</summary>
    Unreadable,

    /// <summary>The hash names a pepper key that this node does not have, so that it can't be judged.</summary>
    UnknownKey,
}

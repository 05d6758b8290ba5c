namespace Pat;

/// <summary>Why a token was refused. For logs and for operators: a caller is told that it is invalid, no more.</summary>
public enum PersonalAccessTokenRefusal
{
    /// <summary>It was not refused.</summary>
    None = 0,

    /// <summary>It does not have a token's form, its checksum is wrong, or it has a prefix that is not accepted.</summary>
    Malformed = 1,

    /// <summary>No token has its id.</summary>
    UnknownId = 2,

    /// <summary>The token with its id has another secret.</summary>
    WrongSecret = 3,

    /// <summary>It was revoked.</summary>
    Revoked = 4,

    /// <summary>It expired.</summary>
    Expired = 5,

    /// <summary>It was not used for too long.</summary>
    Inactive = 6,

    /// <summary>Its owner does not exist any more, or may not act.</summary>
    OwnerDisabled = 7,

    /// <summary>Its owner's credentials changed after it was made, and that ends tokens here.</summary>
    OwnerStampChanged = 8,

    /// <summary>What is stored as its hash can't be read.</summary>
    UnreadableHash = 9,

    /// <summary>It lost scopes that it had when a connection was opened with it. Only what is open is refused for it.</summary>
    ScopesReduced = 10,
}

namespace Pat;

/// <summary>Why something could not be done with a token.</summary>
public enum PersonalAccessTokenFailure
{
    /// <summary>It was done.</summary>
    None = 0,

    /// <summary>The request is wrong: <see cref="PersonalAccessTokenResult.Errors"/> says what about it, by field.</summary>
    Invalid = 1,

    /// <summary>This owner has no token with this id.</summary>
    NotFound = 2,

    /// <summary>The token is expired, inactive or revoked, and such a token can't be changed.</summary>
    NotUsable = 3,

    /// <summary>The token is not at the version that was named; someone changed it meanwhile.</summary>
    VersionMismatch = 4,

    /// <summary>A token with the id that was named exists already.</summary>
    Duplicate = 5,

    /// <summary>The owner has made as many secrets as one may for now.</summary>
    TooManySecrets = 6,

    /// <summary>The owner does not exist, or may not act.</summary>
    OwnerDisabled = 7,

    /// <summary>The owner's security stamp changed while the secret was being made, or since the session was checked that asks for it.</summary>
    OwnerChanged = 8,
}

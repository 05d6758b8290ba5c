namespace Pat;

/// <summary>What became of a use that the store was asked to note.</summary>
public enum PersonalAccessTokenUseOutcome
{
    /// <summary>It is noted.</summary>
    Written = 0,

    /// <summary>Nothing was written: a use less than the resolution older, or a newer one, is noted already.</summary>
    NotNeeded = 1,

    /// <summary>Nothing was written: the token was revoked before the use, or does not exist any more.</summary>
    Gone = 2,

    /// <summary>Nothing was written: someone else is changing the token, or the database, at this moment. Trying again later helps.</summary>
    Busy = 3,
}

namespace Pat;

/// <summary>What became of a write that the store was asked for.</summary>
public enum PersonalAccessTokenWriteOutcome
{
    /// <summary>It is written and durable.</summary>
    Done = 0,

    /// <summary>Nothing was written: the row is not there, or no longer in the state that the write requires.</summary>
    NotApplicable = 1,

    /// <summary>Nothing was written: a token with this id exists already.</summary>
    Duplicate = 2,

    /// <summary>Nothing was written: the owner holds as many usable tokens as one may.</summary>
    TooManyTokens = 3,

    /// <summary>Nothing was written: the owner has made as many secrets as one may for now.</summary>
    TooManySecrets = 4,
}

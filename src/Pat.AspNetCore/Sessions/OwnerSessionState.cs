namespace Pat.AspNetCore;

/// <summary>Whether a signed-in user may manage tokens now.</summary>
internal enum OwnerSessionState
{
    /// <summary>Yes.</summary>
    Current,

    /// <summary>The endpoint asks nothing of its callers: what it should ask is switched off by AllowAnonymous.</summary>
    Unguarded,

    /// <summary>The user has no id that tokens could belong to.</summary>
    NoOwnerId,

    /// <summary>The user does not exist any more, or the credentials changed since the session began.</summary>
    Ended,

    /// <summary>The user may not act.</summary>
    OwnerDisabled,
}

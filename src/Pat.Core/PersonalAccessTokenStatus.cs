namespace Pat;

/// <summary>What state a token is in. Only an active one works.</summary>
public enum PersonalAccessTokenStatus
{
    /// <summary>It works.</summary>
    Active = 0,

    /// <summary>It reached its <see cref="PersonalAccessToken.ExpiresAt"/>.</summary>
    Expired = 1,

    /// <summary>It was not used for the <see cref="PersonalAccessTokenOptions.InactivityPeriod"/> and is about to be removed.</summary>
    Inactive = 2,

    /// <summary>Its owner or an operator revoked it. This is final and outranks the other states.</summary>
    Revoked = 3,
}

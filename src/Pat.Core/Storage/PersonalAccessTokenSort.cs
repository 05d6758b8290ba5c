namespace Pat;

/// <summary>What tokens can be sorted by. Equal ones stand in the order of their ids.</summary>
public enum PersonalAccessTokenSort
{
    /// <summary>When they were created.</summary>
    CreatedAt = 0,

    /// <summary>What their owner calls them.</summary>
    Name = 1,

    /// <summary>When they stop working; those that never do come last.</summary>
    ExpiresAt = 2,

    /// <summary>When they were last used; those that never were come first.</summary>
    LastUsedAt = 3,
}

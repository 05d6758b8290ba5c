namespace Pat;

/// <summary>Which of an owner's tokens to list, and in what order.</summary>
public sealed class PersonalAccessTokenQuery
{
    /// <summary>The most tokens a page can have: 100.</summary>
    public const int MaxPageSize = 100;

    /// <summary>Whose tokens.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Only tokens whose name contains this, in any case of ASCII letters, or whose id in its 22 characters is exactly this. Null or empty for all.</summary>
    public string? Search { get; init; }

    /// <summary>Only tokens in this state. Null for all.</summary>
    public PersonalAccessTokenStatus? Status { get; init; }

    /// <summary>What to sort by. Default: <see cref="PersonalAccessTokenSort.CreatedAt"/>.</summary>
    public PersonalAccessTokenSort Sort { get; init; } = PersonalAccessTokenSort.CreatedAt;

    /// <summary>Whether the greatest comes first. Default: true, so that the newest token is on top.</summary>
    public bool Descending { get; init; } = true;

    /// <summary>Which page, from 1. Default: 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>How many tokens a page has, 1 to 100. Default: 10.</summary>
    public int PageSize { get; init; } = 10;
}

namespace Pat.AspNetCore.UI;

/// <summary>A page of the list.</summary>
internal sealed record TokenList
{
    /// <summary>What the address asks for.</summary>
    public required ListQuery Query { get; init; }

    /// <summary>The tokens on this page.</summary>
    public required IReadOnlyList<TokenRow> Rows { get; init; }

    /// <summary>How many tokens there are on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>How many pages there are, one at least.</summary>
    public int Pages => Math.Max(1, (Total + ListQuery.PageSize - 1) / ListQuery.PageSize);

    /// <summary>What was done last, or null.</summary>
    public string? Notice { get; init; }

    /// <summary>How exact the times of the last uses are.</summary>
    public required string UsageResolution { get; init; }
}

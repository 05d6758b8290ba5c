namespace Pat.AspNetCore.UI;

/// <summary>What a form about a token shows.</summary>
internal abstract record PageForm
{
    /// <summary>What is wrong, by field; the empty name stands for the whole.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>Something to know before it is sent, or null.</summary>
    public string? Notice { get; init; }

    /// <summary>When the token is to expire.</summary>
    public required ExpiryChoices Expiry { get; init; }
}

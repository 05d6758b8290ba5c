namespace Pat.AspNetCore.UI;

/// <summary>What a form shows that says what a token is called and may do.</summary>
internal abstract record TokenForm : PageForm
{
    public required string Name { get; init; }

    /// <summary>The scopes that are marked.</summary>
    public required IReadOnlyCollection<string> Scopes { get; init; }
}

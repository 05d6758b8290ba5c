namespace Pat.AspNetCore.UI;

/// <summary>The form for a new token.</summary>
internal sealed record NewTokenForm : TokenForm
{
    /// <summary>The id that the token will have, protected.</summary>
    public required string ProtectedId { get; init; }
}

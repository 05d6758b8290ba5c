namespace Pat.AspNetCore.UI;

/// <summary>The form that changes a token.</summary>
internal sealed record EditForm : TokenForm
{
    /// <summary>The token as it is.</summary>
    public required PersonalAccessToken Token { get; init; }
}

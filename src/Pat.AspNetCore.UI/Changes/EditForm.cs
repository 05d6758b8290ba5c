namespace Pat.AspNetCore.UI;

/// <summary>The form that changes a token.</summary>
internal sealed record EditForm : TokenForm
{
    /// <summary>The token as it is.</summary>
    public required PersonalAccessToken Token { get; init; }

    /// <summary>The version of it that the form was made for.</summary>
    public required long Version { get; init; }
}

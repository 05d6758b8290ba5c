namespace Pat.AspNetCore.UI;

/// <summary>The form that gives a token a new value.</summary>
internal sealed record RotationForm : PageForm
{
    /// <summary>The token as it is.</summary>
    public required PersonalAccessToken Token { get; init; }

    /// <summary>The version of it that the form was made for.</summary>
    public required long Version { get; init; }

    /// <summary>How long the present value may work on, in seconds, and in words.</summary>
    public required IReadOnlyList<KeyValuePair<int, string>> Overlaps { get; init; }

    /// <summary>The overlap that is marked, in seconds.</summary>
    public int Overlap { get; init; }
}

namespace Pat.AspNetCore.UI;

/// <summary>A token with the value that is shown once.</summary>
/// <param name="Token">The token.</param>
/// <param name="Value">Its value.</param>
/// <param name="Command">A line for a shell that uses it.</param>
internal sealed record TokenValue(PersonalAccessToken Token, string Value, string Command)
{
    /// <summary>Without the value.</summary>
    public override string ToString() => Token.ToString();
}

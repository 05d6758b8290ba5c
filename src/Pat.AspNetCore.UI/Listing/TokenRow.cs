namespace Pat.AspNetCore.UI;

/// <summary>A token in the list.</summary>
/// <param name="Token">The token.</param>
/// <param name="State">Its state in words.</param>
/// <param name="Scopes">What it may do, with what its scopes imply.</param>
/// <param name="IsUsable">Whether it works, so that it can be changed.</param>
internal sealed record TokenRow(PersonalAccessToken Token, ShownState State, IReadOnlyList<string> Scopes, bool IsUsable);

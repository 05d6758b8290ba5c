namespace Pat.AspNetCore.UI;

/// <summary>The state of a token in words.</summary>
/// <param name="Kind">Its name for the style sheet: <c>active</c>, <c>soon</c> or <c>ended</c>.</param>
/// <param name="Word">The state.</param>
/// <param name="Detail">What else there is to know of it, or null.</param>
internal sealed record ShownState(string Kind, string Word, string? Detail = null);

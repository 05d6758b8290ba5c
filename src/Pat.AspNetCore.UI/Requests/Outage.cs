namespace Pat.AspNetCore.UI;

/// <summary>That the store does not answer.</summary>
/// <param name="WasChanging">Whether the request would have changed something, which may have happened or not.</param>
internal sealed record Outage(bool WasChanging);

namespace Pat.AspNetCore.UI;

/// <summary>That nothing can be done at the moment.</summary>
/// <param name="WasChanging">Whether the request would have changed something, which may have happened or not.</param>
/// <param name="IsForWantOfRoom">Whether there were too many requests for secrets, so that it did not.</param>
internal sealed record Outage(bool WasChanging, bool IsForWantOfRoom);

namespace Pat.AspNetCore.UI;

/// <summary>A page's place under the path of the list.</summary>
/// <param name="Depth">How many segments of the path are its own.</param>
/// <param name="Show">Makes the page.</param>
/// <param name="NeedsRecentSignIn">Whether it can let a token do more, so that a session of long ago is not enough.</param>
internal sealed record PageRoute(int Depth, Func<PageRequest, Task<Page>> Show, bool NeedsRecentSignIn = false);

using Microsoft.AspNetCore.Antiforgery;

namespace Pat.AspNetCore.UI;

/// <summary>What every component of a page may need to know of the request that it answers.</summary>
/// <param name="Paths">Where the pages are.</param>
/// <param name="Texts">What to say.</param>
/// <param name="Times">How to say times.</param>
/// <param name="Antiforgery">What each form has to send back.</param>
/// <param name="Page">What is shown.</param>
/// <param name="MaxStaleness">How long another server may go on by what it knew before a change.</param>
internal sealed record PageContext(
    PagePaths Paths, Texts Texts, Times Times, AntiforgeryTokenSet Antiforgery, Page Page, TimeSpan MaxStaleness)
{
    /// <summary>The time within which a change counts everywhere, or null where that is at once.</summary>
    public string? Bound => MaxStaleness == TimeSpan.Zero ? null : Times.Length(MaxStaleness);

    /// <summary>What the page's component shows.</summary>
    public T ModelOf<T>() => (T)Page.Model!;
}

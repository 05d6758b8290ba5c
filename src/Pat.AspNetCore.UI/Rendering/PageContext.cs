using Microsoft.AspNetCore.Antiforgery;

namespace Pat.AspNetCore.UI;

/// <summary>What every component of a page may need to know of the request that it answers.</summary>
/// <param name="Paths">Where the pages are.</param>
/// <param name="Texts">What to say.</param>
/// <param name="Times">How to say times.</param>
/// <param name="Antiforgery">What each form has to send back.</param>
/// <param name="Page">What is shown.</param>
internal sealed record PageContext(PagePaths Paths, Texts Texts, Times Times, AntiforgeryTokenSet Antiforgery, Page Page)
{
    /// <summary>What the page's component shows.</summary>
    public T ModelOf<T>() => (T)Page.Model!;
}

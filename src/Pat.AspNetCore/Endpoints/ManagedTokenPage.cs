namespace Pat.AspNetCore;

/// <summary>A page of the caller's tokens.</summary>
/// <param name="Items">The tokens on it.</param>
/// <param name="Page">Which page it is, from 1.</param>
/// <param name="PageSize">How many tokens a page has.</param>
/// <param name="Total">How many tokens there are on all pages.</param>
internal sealed record ManagedTokenPage(IReadOnlyList<ManagedToken> Items, int Page, int PageSize, int Total);

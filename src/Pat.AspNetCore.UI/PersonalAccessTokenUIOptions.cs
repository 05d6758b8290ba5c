using Microsoft.AspNetCore.Html;

namespace Pat.AspNetCore.UI;

/// <summary>How the settings page of personal access tokens looks. Checked when the application starts.</summary>
public sealed class PersonalAccessTokenUIOptions
{
    /// <summary>
    /// A component layout of the application (a <c>LayoutComponentBase</c>, with the whole document in it or in a layout of
    /// its own) that the page is shown in. Not together with <see cref="View"/>. Default: null, the page stands alone.
    /// </summary>
    public Type? Layout { get; set; }

    /// <summary>
    /// The path of a Razor view of the application that the page is shown in: <c>~/Views/Account/Tokens.cshtml</c>. Its
    /// model is the page's content, an <see cref="IHtmlContent"/>, and <c>ViewData["Title"]</c> its title. It needs
    /// <c>AddRazorPages</c> or <c>AddControllersWithViews</c>. Not together with <see cref="Layout"/>. Default: null.
    /// </summary>
    public string? View { get; set; }

    /// <summary>The time zone that times are shown in and days are counted in. Default: UTC.</summary>
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>
    /// What the line with curl beside a new token calls: an address, or a path of this application such as
    /// <c>/api/tasks</c>. Default: null, <c>/self</c> of the management API, which answers to any token, or without that API the
    /// application's root.
    /// </summary>
    public string? ExampleUrl { get; set; }

    /// <summary>
    /// How long before its end a token counts as one that ends soon, if no more than a quarter of its time is left: 1 hour to
    /// 365 days. Default: 7 days.
    /// </summary>
    public TimeSpan SoonPeriod { get; set; } = TimeSpan.FromDays(7);
}

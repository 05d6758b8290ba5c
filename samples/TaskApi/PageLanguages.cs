using TaskApi.Accounts;

namespace TaskApi;

/// <summary>Which language a page is in.</summary>
internal static class PageLanguages
{
    /// <summary>The application's own, whatever a browser prefers.</summary>
    public const string Own = "en-GB";

    public static void UsePageLanguages(this IApplicationBuilder app)
    {
        app.UseRequestLocalization(Own);

        // The page of tokens comes in German too.
        app.UseWhen(
            static context => context.Request.Path.StartsWithSegments(ProfilePage.SecurityPath),
            static page => page.UseRequestLocalization(Own, "de"));
    }
}

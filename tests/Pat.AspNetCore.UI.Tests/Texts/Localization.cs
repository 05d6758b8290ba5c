using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>An application for people who speak English, German or French.</summary>
internal static class Localization
{
    /// <summary>The usual pipeline, and before it the language that a browser asks for.</summary>
    public static void UseGerman(WebApplication app)
    {
        string[] languages = ["en", "de", "fr"];
        app.UseRequestLocalization(options => options.SetDefaultCulture("en").AddSupportedCultures(languages).AddSupportedUICultures(languages));
        PageApp.UsualPipeline(app);
    }
}

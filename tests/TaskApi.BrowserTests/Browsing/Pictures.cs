using System.Reflection;
using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>The manual's pictures. They are taken anew only where <c>PAT_SCREENSHOTS</c> is 1, since no two machines draw quite the same.</summary>
internal static class Pictures
{
    private static readonly bool Wanted = Environment.GetEnvironmentVariable("PAT_SCREENSHOTS") == "1";

    private static readonly string Directory = typeof(Pictures).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "Pictures").Value!;

    public static Task TakeAsync(IPage page, string name) =>
        Wanted ? page.ScreenshotAsync(new() { Path = Path.Combine(Directory, $"{name}.png"), FullPage = true }) : Task.CompletedTask;
}

namespace TaskApi.BrowserTests;

/// <summary>Which browser is driven.</summary>
internal static class ChromiumProgram
{
    /// <summary>
    /// The one that <c>PAT_TEST_CHROMIUM</c> names, else the system's; null where there is none, for the one that
    /// Playwright installs.
    /// </summary>
    public static string? Find() =>
        Environment.GetEnvironmentVariable("PAT_TEST_CHROMIUM") is { Length: > 0 } named
            ? named
            : Candidates().FirstOrDefault(File.Exists);

    private static IEnumerable<string> Candidates()
    {
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return
            from directory in (string[])["/usr/bin", .. directories]
            from name in (string[])["chromium", "google-chrome"]
            select Path.Combine(directory, name);
    }
}

using System.Diagnostics;

namespace Pat.TestSupport;

/// <summary>Where this repository's files are.</summary>
public static class Repository
{
    private static readonly string Root = FindRoot(AppContext.BaseDirectory);

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Asks Git whether a patch fits the sources.</summary>
    /// <returns>What Git has to say against the patch: nothing where it fits.</returns>
    public static async Task<string> CheckPatchAsync(string patch)
    {
        var start = new ProcessStartInfo("git", ["apply", "--check", patch])
        {
            WorkingDirectory = Root,
            RedirectStandardError = true,
        };

        // Git takes the directory for itself, whether it is a repository or happens to be in one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Root));
        using var git = Process.Start(start)!;
        var error = git.StandardError.ReadToEndAsync();
        await git.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return git.ExitCode == 0 ? "" : $"git apply ended with {git.ExitCode}: {await error}";
    }

    private static string FindRoot(string directory) =>
        File.Exists(Path.Combine(directory, "Pat.sln")) ? directory : FindRoot(Path.GetDirectoryName(directory)!);
}

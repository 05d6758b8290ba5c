using System.Diagnostics;
using Pat.TestSupport;

namespace TaskApi.Tests;

/// <summary>The linter of OpenAPI documents, in the version of tests/spectral/package-lock.json.</summary>
internal static class Spectral
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly string Directory = Repository.PathOf("tests/spectral");

    /// <summary>Applies the rules of tests/spectral/.spectral.yaml.</summary>
    /// <returns>0 where no rule is broken by an error, and what Spectral says.</returns>
    public static async Task<(int ExitCode, string Output)> LintAsync(string document)
    {
        await InstallAsync();
        var file = Path.Combine(System.IO.Directory.CreateTempSubdirectory("pat-spectral-").FullName, "openapi.json");
        try
        {
            await File.WriteAllTextAsync(file, document);
            return await RunAsync(
                "node", "node_modules/@stoplight/spectral-cli/dist/index.js", "lint", file, "--ruleset", ".spectral.yaml", "--fail-severity", "error");
        }
        finally
        {
            System.IO.Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    /// <summary>On first use, and when the lock file is newer than what it led to.</summary>
    private static async Task InstallAsync()
    {
        var installed = new FileInfo(Path.Combine(Directory, "node_modules/.package-lock.json"));
        var wanted = new FileInfo(Path.Combine(Directory, "package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= wanted.LastWriteTimeUtc)
        {
            return;
        }

        // Nothing in there has to be built, so none of its scripts is run.
        var (exitCode, output) = await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        Assert.True(exitCode == 0, output);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Limit);
        return (process.ExitCode, await output + await error);
    }
}

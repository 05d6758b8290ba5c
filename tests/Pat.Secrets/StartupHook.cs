using System.Diagnostics.CodeAnalysis;
using Pat.Secrets.Capture;

/// <summary>
/// Loaded into every .NET process of a captured run by <c>DOTNET_STARTUP_HOOKS</c>, before its own code begins: tests, the
/// applications that they start and the nodes of a cluster alike, none of which knows of it.
/// </summary>
[SuppressMessage("Design", "CA1050", Justification = "The runtime looks for it in no namespace.")]
internal static class StartupHook
{
    public static void Initialize()
    {
        // The SDK itself is a .NET program too, and not what is looked at.
        if (Environment.GetEnvironmentVariable(Recording.DirectoryVariable) is { Length: > 0 } directory
            && !File.Exists(Path.Combine(AppContext.BaseDirectory, "MSBuild.dll"))
            && !File.Exists(Path.Combine(AppContext.BaseDirectory, "csc.dll")))
        {
            CapturedProcess.Start(directory);
        }
    }
}

using System.Reflection;

namespace Pat.History;

/// <summary>What loads the checker's own assembly into a node.</summary>
public static class NodeHook
{
    private static readonly string Path = System.IO.Path.GetFullPath(
        typeof(NodeHook).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static attribute => attribute.Key == "NodeHook").Value!);

    /// <summary>The environment of a node that obeys a file.</summary>
    public static Dictionary<string, string> Environment(string controlFile) => new()
    {
        // Beside one that every process of a run has.
        ["DOTNET_STARTUP_HOOKS"] = System.Environment.GetEnvironmentVariable("DOTNET_STARTUP_HOOKS") is { Length: > 0 } others
            ? $"{others}{System.IO.Path.PathSeparator}{Path}"
            : Path,
        ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = "Pat.History.Node",
        ["PAT_HISTORY_CONTROL"] = controlFile,
    };
}

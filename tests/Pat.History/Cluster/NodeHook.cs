using System.Reflection;

namespace Pat.History;

/// <summary>Where the assembly is that is loaded into each node.</summary>
internal static class NodeHook
{
    public static readonly string Path = System.IO.Path.GetFullPath(
        typeof(NodeHook).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static attribute => attribute.Key == "NodeHook").Value!);
}

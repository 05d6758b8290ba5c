using System.Reflection;

namespace Pat.TestSupport;

/// <summary>What ships: the assembly of each project below <c>src</c>, but for the analyzers, which no application loads. A test refers to all of them.</summary>
public static class Packages
{
    public static IReadOnlyList<Assembly> All { get; } =
        [.. Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => name != "Pat.AspNetCore.Analyzers")
            .Select(Assembly.Load)];
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.Loader;

/// <summary>
/// Loaded into a node by <c>DOTNET_STARTUP_HOOKS</c>, before the application begins: what the checker needs to do to a node
/// is done from outside, and the application under test is the one that ships.
/// </summary>
[SuppressMessage("Design", "CA1050", Justification = "The runtime looks for it in no namespace.")]
internal static class StartupHook
{
    public static void Initialize()
    {
        // The application does not know this assembly, which the host will ask for by name.
        var path = typeof(StartupHook).Assembly.Location;
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            name.Name == Path.GetFileNameWithoutExtension(path) ? context.LoadFromAssemblyPath(path) : null;
    }
}

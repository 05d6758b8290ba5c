namespace Pat.Benchmarks;

/// <summary>Directories for this process alone, gone with it.</summary>
internal static class TemporaryDirectory
{
    private static readonly Lazy<DirectoryInfo> Root = new(() =>
    {
        var root = Directory.CreateTempSubdirectory("pat-benchmarks-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => root.Delete(recursive: true);
        return root;
    });

    public static DirectoryInfo Of(string name) => Root.Value.CreateSubdirectory(name);
}

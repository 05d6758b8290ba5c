namespace Pat.TestSupport;

/// <summary>Where this repository's files are.</summary>
public static class Repository
{
    private static readonly string Root = FindRoot(AppContext.BaseDirectory);

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot(string directory) =>
        File.Exists(Path.Combine(directory, "Pat.sln")) ? directory : FindRoot(Path.GetDirectoryName(directory)!);
}

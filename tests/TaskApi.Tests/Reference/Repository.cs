namespace TaskApi.Tests;

/// <summary>Where this repository's files are.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot(AppContext.BaseDirectory);

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot(string directory) =>
        File.Exists(Path.Combine(directory, "Pat.sln")) ? directory : FindRoot(Path.GetDirectoryName(directory)!);
}

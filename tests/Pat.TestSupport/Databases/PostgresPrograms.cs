namespace Pat.TestSupport;

/// <summary>Where PostgreSQL's server programs are.</summary>
internal static class PostgresPrograms
{
    /// <summary>The directory that has <c>initdb</c> and <c>postgres</c>; the newest version of Debian's where there are several.</summary>
    public static string Find()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return onPath.Concat(DebianDirectories()).FirstOrDefault(HasPrograms)
            ?? throw new InvalidOperationException(
                "These tests need PostgreSQL, and its programs initdb and postgres were not found. Install them (Debian: apt-get install postgresql; macOS: brew install postgresql), or set PAT_TEST_POSTGRES to the connection string of a server where databases may be created and dropped.");
    }

    private static IEnumerable<string> DebianDirectories()
    {
        var versions = new DirectoryInfo("/usr/lib/postgresql");
        return versions.Exists
            ? versions.EnumerateDirectories()
                .OrderByDescending(version => int.TryParse(version.Name, out var number) ? number : 0)
                .Select(version => Path.Combine(version.FullName, "bin"))
            : [];
    }

    private static bool HasPrograms(string directory) =>
        File.Exists(Path.Combine(directory, "initdb")) && File.Exists(Path.Combine(directory, "postgres"));
}

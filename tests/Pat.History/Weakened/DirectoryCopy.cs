namespace Pat.History;

/// <summary>Copies directories.</summary>
internal static class DirectoryCopy
{
    /// <summary>The files that are directly in it.</summary>
    public static void CopyFiles(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }
    }

    /// <summary>All that is in it, but directories with these names.</summary>
    public static void CopyAll(string source, string target, IReadOnlyCollection<string> except)
    {
        CopyFiles(source, target);
        foreach (var directory in Directory.EnumerateDirectories(source))
        {
            var name = Path.GetFileName(directory);
            if (!except.Contains(name))
            {
                CopyAll(directory, Path.Combine(target, name), except);
            }
        }
    }
}

using Pat.TestSupport;

namespace TaskApi.Tests;

/// <summary>A committed file that something has to equal, so that each change of it is seen and meant.</summary>
internal sealed class Snapshot(string path)
{
    private const string Accept = "PAT_ACCEPT_SNAPSHOTS";

    /// <summary>Compares, or writes the file where the environment says so.</summary>
    public async Task AssertEqualAsync(string actual)
    {
        var file = Repository.PathOf(path);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            await File.WriteAllTextAsync(file, actual);
        }

        var expected = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";
        var (line, was, now) = FindDifference(expected, actual);
        Assert.True(
            line == 0,
            $"{path} differs from line {line} on.\n  there: {was}\n  now:   {now}\nIf that is meant, run the test with {Accept}=1 and commit the file.");
    }

    private static (int Line, string? Was, string? Now) FindDifference(string expected, string actual)
    {
        var (was, now) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(was.Length, now.Length))
            .Where(index => was.ElementAtOrDefault(index) != now.ElementAtOrDefault(index))
            .Select(index => index + 1)
            .FirstOrDefault();
        return (line, was.ElementAtOrDefault(line - 1), now.ElementAtOrDefault(line - 1));
    }
}

using Pat.TestSupport;

namespace Pat.History;

/// <summary>
/// The sample with a Pat.Core that <c>PAT_HISTORY_WITHOUT</c> takes one of its defences from: <c>counters</c>, <c>bound</c>,
/// <c>reconnect</c> or <c>invalidation</c>. The switches are a patch of the sources as they are, so the product has none. It is made in a
/// directory of its own, from the working copy and the sample's last build.
/// </summary>
public sealed class WeakenedBuild : IAsyncDisposable
{
    /// <summary>The patch, below the repository's root.</summary>
    private const string Switches = "tests/Pat.History/Weakened/switches.patch";

    private const string Core = "src/Pat.Core";

    private readonly DirectoryInfo _directory;

    private WeakenedBuild(DirectoryInfo directory) => _directory = directory;

    /// <summary>The sample's assembly, to be started with the variable in its environment, or without it as the product.</summary>
    public string Program => Path.Combine(Application, Path.GetFileName(RunningTaskApi.DefaultProgram));

    private string Sources => Path.Combine(_directory.FullName, "sources");

    private string Application => Path.Combine(_directory.FullName, "application");

    public static Task<WeakenedBuild> MakeAsync() => MakeAsync(Repository.PathOf(Switches));

    /// <param name="patch">A file of changes to Pat.Core, with paths from the repository's root.</param>
    public static async Task<WeakenedBuild> MakeAsync(string patch)
    {
        var build = new WeakenedBuild(Directory.CreateTempSubdirectory("pat-weakened-"));
        try
        {
            build.CopySources();
            await build.ApplyAsync(Path.GetFullPath(patch));
            await build.CompileAsync();
            return build;
        }
        catch
        {
            await build.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Pat.Core, and what settings its build finds in the directories above it.</summary>
    private void CopySources()
    {
        DirectoryCopy.CopyFiles(Repository.PathOf(""), Sources);
        DirectoryCopy.CopyFiles(Repository.PathOf("src"), Path.Combine(Sources, "src"));
        DirectoryCopy.CopyAll(Repository.PathOf(Core), Path.Combine(Sources, Core), except: ["bin", "obj"]);
    }

    private async Task ApplyAsync(string patch)
    {
        try
        {
            await Command.RunAsync(Sources, "git", "apply", patch);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException(
                $"""
                {patch} does not fit {Core} any more. To renew it, at the root of a working copy without changes in {Core}:
                  git apply --reject {Switches}    (what has no place any more is left in *.rej: write it where it belongs, and remove them)
                  git add --intent-to-add {Core}
                  git diff -- {Core} > new.patch && git apply --reverse new.patch && git reset {Core} && mv new.patch {Switches}
                {exception.Message}
                """,
                exception);
        }
    }

    private async Task CompileAsync()
    {
        var output = Path.GetDirectoryName(RunningTaskApi.DefaultProgram)!;
        var configuration = Path.GetFileName(Path.GetDirectoryName(output)!);

        // Nothing that outlives the build, and nothing that the build of the product checks already.
        await Command.RunAsync(
            Sources, "dotnet", "build", Core, "--configuration", configuration, "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false",
            "-p:RunAnalyzers=false", "-p:GenerateDocumentationFile=false", "-p:NuGetAudit=false");

        DirectoryCopy.CopyAll(output, Application, except: []);
        foreach (var file in (string[])["Pat.Core.dll", "Pat.Core.pdb"])
        {
            File.Copy(Path.Combine(Sources, Core, "bin", configuration, Path.GetFileName(output), file), Path.Combine(Application, file), overwrite: true);
        }
    }
}

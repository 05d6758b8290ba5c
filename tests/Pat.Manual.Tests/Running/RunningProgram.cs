using Microsoft.CodeAnalysis;
using Pat.TestSupport;

namespace Pat.Manual.Tests;

/// <summary>
/// A whole program of the manual, compiled and started as a process of its own, in a folder of its own. Beside it are this project's
/// references, by links, which makes it an application that a project built.
/// </summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private const string Name = "Program";

    // Other tests may keep the machine busy.
    private static readonly string[] Settings = ["--Authentication:Schemes:PersonalAccessToken:StoreTimeout=00:00:30"];

    private readonly DirectoryInfo _folder;

    private RunningProgram(DirectoryInfo folder) => _folder = folder;

    public RunningTaskApi Application { get; private set; } = null!;

    /// <param name="block">The program.</param>
    /// <param name="arguments">What it is given.</param>
    public static async Task<RunningProgram> StartAsync(Block block, params IEnumerable<string> arguments)
    {
        var program = new RunningProgram(Directory.CreateTempSubdirectory("pat-manual-"));
        try
        {
            program.Application = await RunningTaskApi.StartAsync(program.Build(block), [.. Settings, .. arguments], new Dictionary<string, string>());
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Application is not null)
        {
            await Application.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private string Build(Block block)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(AppContext.BaseDirectory))
        {
            Link(path, Path.GetFileName(path));
        }

        Link(PathOfOwn("runtimeconfig.json"), $"{Name}.runtimeconfig.json");
        Link(PathOfOwn("deps.json"), $"{Name}.deps.json");
        var program = Path.Combine(_folder.FullName, $"{Name}.dll");
        var result = ManualCompiler.Compile(block).WithAssemblyName(Name).Emit(program);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return program;
    }

    private void Link(string path, string name)
    {
        var link = Path.Combine(_folder.FullName, name);
        if (Directory.Exists(path))
        {
            Directory.CreateSymbolicLink(link, path);
        }
        else
        {
            File.CreateSymbolicLink(link, path);
        }
    }

    private static string PathOfOwn(string file) =>
        Path.Combine(AppContext.BaseDirectory, $"{typeof(RunningProgram).Assembly.GetName().Name}.{file}");
}

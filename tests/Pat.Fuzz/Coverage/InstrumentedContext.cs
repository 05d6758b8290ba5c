using System.Reflection;
using System.Runtime.Loader;

namespace Pat.Fuzz;

/// <summary>
/// Loads the product a second time, instrumented in memory, and this program beside it: no file is changed, and the tests
/// of the same process keep the product as it is.
/// </summary>
internal sealed class InstrumentedContext : AssemblyLoadContext
{
    private static readonly string[] Instrumented = ["Pat.Core", "Pat.AspNetCore"];

    private readonly Dictionary<string, Assembly> _instrumented;

    private InstrumentedContext()
        : base("instrumented")
    {
        var instrumenter = new BranchInstrumenter();
        _instrumented = Instrumented.ToDictionary(
            name => name,
            name =>
            {
                using var code = instrumenter.Instrument(PathOf(name));
                return LoadFromStream(code);
            });
        Outcomes = instrumenter.Outcomes;
    }

    private string[] Outcomes { get; }

    /// <summary>Runs <see cref="FuzzRun.RunAsync"/> on the instrumented product.</summary>
    public static Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var context = new InstrumentedContext();
        var run = context.LoadFromAssemblyName(new AssemblyName("Pat.Fuzz"))
            .GetType(typeof(FuzzRun).FullName!, throwOnError: true)!
            .GetMethod(nameof(FuzzRun.RunAsync))!
            .CreateDelegate<Func<string[], string[], TextWriter, Task<int>>>();
        return run(arguments, context.Outcomes, output);
    }

    /// <summary>All that stands on the product has to see the same copy of it.</summary>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        return _instrumented.TryGetValue(name, out var instrumented) ? instrumented
            : name.StartsWith("Pat.", StringComparison.Ordinal) ? LoadFromAssemblyPath(PathOf(name))
            : null;
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, name + ".dll");
}

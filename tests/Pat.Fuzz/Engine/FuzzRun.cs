using System.Globalization;

namespace Pat.Fuzz;

/// <summary>What the command line asks for.</summary>
public static class FuzzRun
{
    private const string Usage = """
        dotnet run -c Release --project tests/Pat.Fuzz -- WHAT [options]

          token       the token parser, beside a second one that has none of its code; all its branches have to be taken
          phc         the reader of stored hashes
          header      the reader of the Authorization header
          json        the reader of the management API's bodies
          query       the reader of its queries
          api-json    bodies sent to the management API over HTTP
          api-query   queries sent to it
          manager     the manager on a real database, beside a model of it in memory
          all         each of them, in its long form

          --executions N      how many inputs, or steps of the manager (default: the long form's number)
          --seed N            repeats an earlier run of all but the manager
          --case TEXT         begins the manager's with a case that failed, by the seed that was printed
          --store NAME        of the manager: sqlite (the default) or postgresql
          --save              writes the smallest corpus that takes every branch which this run took into tests/Pat.Fuzz/corpus
          --missing           names the branches that were not taken
        """;

    private static readonly Dictionary<string, Func<Task<FuzzTarget>>> Targets = new(StringComparer.Ordinal)
    {
        ["token"] = () => Task.FromResult<FuzzTarget>(new TokenTarget()),
        ["phc"] = () => Task.FromResult<FuzzTarget>(new StoredHashTarget()),
        ["header"] = () => Task.FromResult<FuzzTarget>(new HeaderTarget()),
        ["json"] = () => Task.FromResult<FuzzTarget>(new BodyTarget()),
        ["query"] = () => Task.FromResult<FuzzTarget>(new QueryTarget()),
        ["api-json"] = async () => await ApiBodyTarget.StartAsync(),
        ["api-query"] = async () => await ApiQueryTarget.StartAsync(),
    };

    /// <summary>Runs what the arguments ask for, on the product as it is loaded beside this assembly.</summary>
    /// <param name="arguments">As <see cref="Usage"/> says.</param>
    /// <param name="outcomes">What the instrumented branches can do.</param>
    /// <param name="output">Takes the report.</param>
    /// <returns>0 where nothing was found, 1 where something was, 2 where the arguments make no sense.</returns>
    public static async Task<int> RunAsync(string[] arguments, string[] outcomes, TextWriter output)
    {
        if (FuzzSettings.Read(arguments) is not { } settings)
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }

        var coverage = new BranchCoverage(outcomes);
        coverage.Clear();
        return settings.What switch
        {
            "manager" => await ManagerRun.RunAsync(settings, output),
            "all" => await RunAllAsync(settings, coverage, output),
            var name when Targets.TryGetValue(name, out var create) => await FuzzAsync(create, settings, coverage, output),
            _ => await RunAsync([], outcomes, output),
        };
    }

    private static async Task<int> RunAllAsync(FuzzSettings settings, BranchCoverage coverage, TextWriter output)
    {
        var result = 0;
        foreach (var (name, create) in Targets)
        {
            result |= await FuzzAsync(create, settings with { What = name }, coverage, output);
        }

        foreach (var store in ManagerRun.Stores)
        {
            result |= await ManagerRun.RunAsync(settings with { Store = store }, output);
        }

        return result;
    }

    private static async Task<int> FuzzAsync(
        Func<Task<FuzzTarget>> create, FuzzSettings settings, BranchCoverage coverage, TextWriter output)
    {
        coverage.Clear();
        await using var target = await create();
        var corpus = Corpus.Of(settings.What);
        var fuzzer = new Fuzzer(target, settings, corpus, coverage, TimeProvider.System);
        var report = await fuzzer.RunAsync();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{settings.What}: {report.Text}"));
        foreach (var problem in report.Problems)
        {
            await output.WriteLineAsync($"  {problem}");
        }

        if (settings.ShowMissing)
        {
            foreach (var outcome in coverage.Missing(target.Watched))
            {
                await output.WriteLineAsync($"  not taken: {outcome}");
            }
        }

        return report.Problems.Count == 0 ? 0 : 1;
    }
}

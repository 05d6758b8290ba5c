using System.Globalization;
using Pat.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

const string Usage = """
    dotnet run -c Release --project tests/Pat.Benchmarks -- WHAT [--quick]

      pipeline    one request through the middleware, without a network: time and bytes
      parts       where the time of such a request goes
      kestrel     requests a second over Kestrel, beside OpenIddict and hand-written handlers; needs PostgreSQL and wrk
                  --server floor            beside this one only: floor, openiddict, hand-written A or B
                  --tokens 1                how many tokens are in use, else 1000
      abuse       proven tokens while a thousand bad ones arrive each second; needs PostgreSQL and wrk
      first       the first verification of a token on a node; needs PostgreSQL
      reject      what it takes to refuse; needs PostgreSQL
      coldstart   a restart while a thousand tokens are in use; needs PostgreSQL
      scale       the store with many tokens: look-ups, refreshes, last uses, clean-up; needs PostgreSQL
                  --rows 10000,1000000      the tables' sizes
                  --setting name=value      a setting of the server, else PostgreSQL's default
      memory      what a node keeps for each proven token; needs PostgreSQL
      statements  what the database hears of requests with proven tokens; needs PostgreSQL with pg_stat_statements
      plots       draws the results and writes docs/performance-figures.md, or all into --to DIRECTORY

      --quick     only as much as shows that it works
    """;

var arguments = new Arguments(args);
switch (arguments.What)
{
    case "pipeline":
        await using (var benchmark = new PipelineBenchmark(arguments.IsQuick))
        {
            (await benchmark.RunAsync()).Publish(Console.Out);
        }

        return 0;

    case "parts":
        await using (var benchmark = new PartsBenchmark(arguments.IsQuick))
        {
            (await benchmark.RunAsync()).Publish(Console.Out);
        }

        return 0;

    case "kestrel" or "abuse" when Wrk.FindFault() is { } fault:
        Console.Error.WriteLine(fault);
        return 1;

    case "abuse":
        (await new AbuseBenchmark(arguments.IsQuick).RunAsync()).Publish(Console.Out);
        return 0;

    case "kestrel":
        (await new KestrelBenchmark([.. arguments.FindAll("--server")], arguments.FindNumber("--tokens"), arguments.IsQuick).RunAsync()).Publish(Console.Out);
        return 0;

    case "first":
        (await new FirstBenchmark(arguments.IsQuick).RunAsync()).Publish(Console.Out);
        return 0;

    case "reject":
        (await new RejectBenchmark(arguments.IsQuick).RunAsync()).Publish(Console.Out);
        return 0;

    case "coldstart":
        (await new ColdStartBenchmark(arguments.IsQuick).RunAsync()).Publish(Console.Out);
        return 0;

    case "scale":
        var sizes = ScaleBenchmark.ReadSizes(arguments.Find("--rows"), arguments.IsQuick);
        (await new ScaleBenchmark(sizes, [.. arguments.FindAll("--setting")], arguments.IsQuick).RunAsync()).Publish(Console.Out);
        return 0;

    case "memory":
        (await new MemoryBenchmark(arguments.IsQuick).RunAsync()).Publish(Console.Out);
        return 0;

    case "statements":
        (await new StatementBenchmark(arguments.IsQuick).RunAsync()).Publish(Console.Out);
        return 0;

    case "plots":
        const string Page = "performance-figures.md";
        (arguments.Find("--to") is { } target
            ? new PlotWriter(Path.GetFullPath(target), Path.GetFullPath(Path.Combine(target, Page)), takesQuick: true)
            : new PlotWriter(Report.Locate("Images"), Path.Combine(Report.Locate("Docs"), Page), takesQuick: false)).Write();
        return 0;

    case "serve":
        await ServerProgram.RunAsync(arguments);
        return 0;

    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

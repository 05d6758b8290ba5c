using Pat.Benchmarks;

const string Usage = """
    dotnet run -c Release --project tests/Pat.Benchmarks -- WHAT [--quick]

      pipeline    one request through the middleware, without a network: time and bytes
      kestrel     requests a second over Kestrel, beside OpenIddict and hand-written handlers; needs PostgreSQL and wrk
      first       the first verification of a token on a node; needs PostgreSQL
      reject      what it takes to refuse; needs PostgreSQL

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

    case "kestrel":
        if (Wrk.FindFault() is { } fault)
        {
            Console.Error.WriteLine(fault);
            return 1;
        }

        (await new KestrelBenchmark(arguments.IsQuick).RunAsync()).Publish(Console.Out);
        return 0;

    case "first":
        (await new FirstBenchmark(arguments.IsQuick).RunAsync()).Publish(Console.Out);
        return 0;

    case "reject":
        (await new RejectBenchmark(arguments.IsQuick).RunAsync()).Publish(Console.Out);
        return 0;

    case "serve":
        await ServerProgram.RunAsync(arguments);
        return 0;

    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

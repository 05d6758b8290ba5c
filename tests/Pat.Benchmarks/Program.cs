using Pat.Benchmarks;

const string Usage = """
    dotnet run -c Release --project tests/Pat.Benchmarks -- WHAT [--quick]

      pipeline    one request through the middleware, without a network: time and bytes

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

    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

using Pat.TestSupport;

namespace Pat.Benchmarks;

/// <summary>
/// Requests over Kestrel, as many as go: the product beside the framework's floor and beside what people use today, each
/// server in a process of its own, all on PostgreSQL with its default durability.
/// </summary>
/// <param name="chosen">The servers to measure; all where there are none.</param>
/// <param name="tokens">How many tokens are used, or null for a thousand.</param>
/// <param name="isQuick">Whether it is only to see that it works.</param>
internal sealed class KestrelBenchmark(IReadOnlyList<string> chosen, int? tokens, bool isQuick)
{
    private const int Connections = 64;
    private const int Seed = 1;

    private readonly string[] _servers = chosen.Count == 0 ? ServerProgram.All : [.. ServerProgram.All.Where(chosen.Append(ServerProgram.Product).Contains)];
    private readonly int _tokens = tokens ?? (isQuick ? 50 : 1_000);
    private readonly int _rounds = isQuick ? 2 : 7;
    private readonly TimeSpan _warmUp = TimeSpan.FromSeconds(isQuick ? 1 : 8);
    private readonly TimeSpan _duration = TimeSpan.FromSeconds(isQuick ? 2 : 10);

    public async Task<Report> RunAsync()
    {
        // Room for the pools of all servers at once, which keep their connections while it is another's turn.
        await using var postgres = new PostgresServer { IsDurable = true, Settings = ["max_connections=400"] };
        var report = new Report(chosen.Count == 0 && tokens is null ? "kestrel" : $"kestrel-chosen-{_tokens}", isQuick)
        {
            Settings =
            {
                ["rounds"] = $"{_rounds} of {_duration.TotalSeconds:F0} s for each, interleaved, after {_warmUp.TotalSeconds:F0} s to warm up",
                ["connections"] = $"Max Auto Prepare={Database.MaxPrepared} for all",
                ["load"] = $"wrk, 1 thread, {Connections} connections, closed loop, {_tokens} tokens uniformly",
            },
        };
        var servers = new List<ServerProcess>();
        try
        {
            foreach (var name in _servers)
            {
                Console.WriteLine($"Starting {name}, issuing {_tokens} tokens");
                var database = Database.Of(await postgres.CreateDatabaseAsync()).WithPreparedStatements();
                servers.Add(await ServerProcess.StartAsync(name, database, _tokens));
                await report.AddSettingsAsync(database);
            }

            report.Tables.Add(Tabulate(await MeasureAsync(servers)));
            return report;
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    private async Task<Dictionary<string, List<Load>>> MeasureAsync(List<ServerProcess> servers)
    {
        foreach (var server in servers)
        {
            await server.CheckAsync();
            await Wrk.RunAsync(server, Connections, _warmUp);
        }

        var loads = servers.ToDictionary(server => server.Name, _ => new List<Load>());
        var order = new Random(Seed);
        ServerProcess[] shuffled = [.. servers];
        for (var round = 0; round < _rounds; round++)
        {
            order.Shuffle(shuffled);
            foreach (var server in shuffled)
            {
                var load = await Wrk.RunAsync(server, Connections, _duration);
                loads[server.Name].Add(load);
                Console.WriteLine($"Round {round + 1}, {server.Name}: {load.RequestsPerSecond:N0}/s");
            }
        }

        return loads;
    }

    private static FigureTable Tabulate(Dictionary<string, List<Load>> loads)
    {
        var table = new FigureTable(
            "throughput",
            "Requests over Kestrel. Pat by: Pat's requests a second by the contender's, medians of the rounds' ratios.",
            "contender", "requests/s", "range", "p50 ms", "p99 ms", "pat by", "pat by range");
        foreach (var (name, own) in loads)
        {
            var ratio = new Series(loads[ServerProgram.Product].Zip(own, (pat, other) => pat.RequestsPerSecond / other.RequestsPerSecond));
            var rate = new Series(own.Select(load => load.RequestsPerSecond));
            table.Add(
                name,
                rate.Median,
                rate.Range,
                new Series(own.Select(load => load.MedianMs)).Median,
                new Series(own.Select(load => load.P99Ms)).Median,
                ratio.Median,
                ratio.Range);
        }

        return table;
    }
}

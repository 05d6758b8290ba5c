using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Pat.TestSupport;

namespace Pat.Benchmarks;

/// <summary>
/// Proven tokens at work while a thousand bad ones arrive each second, a third each of garbage, ids that nobody has, and wrong
/// secrets of tokens that the node has not proven; and how long a genuine token that it has not proven either waits meanwhile.
/// Beside two that refuse the bad ones without a look at them: one that lets everything else in, and the product itself.
/// </summary>
internal sealed class AbuseBenchmark(bool isQuick)
{
    /// <summary>Tells which requests are bad, so that nobody need look.</summary>
    private const string Mark = "X-Refuse";

    private const int Connections = 64;
    private const int Seed = 1;
    private const int BadCallers = 50;

    private static readonly TimeSpan BadPeriod = TimeSpan.FromMilliseconds(50);

    private readonly int _tokens = isQuick ? 50 : 1_000;
    private readonly int _rounds = isQuick ? 2 : 7;
    private readonly TimeSpan _warmUp = TimeSpan.FromSeconds(isQuick ? 1 : 8);
    private readonly TimeSpan _duration = TimeSpan.FromSeconds(isQuick ? 2 : 10);

    /// <summary>Whether a request is one of the bad ones.</summary>
    public static bool IsMarked(HttpContext context) => context.Request.Headers.ContainsKey(Mark);

    public async Task<Report> RunAsync()
    {
        await using var postgres = new PostgresServer { IsDurable = true };
        var database = Database.Of(await postgres.CreateDatabaseAsync()).WithPreparedStatements();
        var report = new Report("abuse", isQuick)
        {
            Settings =
            {
                ["rounds"] = $"{_rounds} of {_duration.TotalSeconds:F0} s for each, interleaved, after {_warmUp.TotalSeconds:F0} s to warm up",
                ["load"] = $"wrk, 1 thread, {Connections} connections, closed loop, {_tokens} proven tokens uniformly; beside it {BadCallers / BadPeriod.TotalSeconds:N0} bad tokens a second from this program",
            },
        };
        await report.AddSettingsAsync(database);
        await using var floor = await ServerProcess.StartAsync(ServerProgram.RefusingFloor, database, _tokens);
        await using var unseen = await ServerProcess.StartAsync(ServerProgram.RefusingProduct, database, _tokens);
        await using var pat = await ServerProcess.StartAsync(ServerProgram.Product, database, _tokens);

        // Made by another node, so that the server has proven none of them.
        await using var other = new Node(database, PersonalAccessTokenHashAlgorithm.Sha256);
        await using var slow = new Node(database, PersonalAccessTokenHashAlgorithm.Argon2id);
        var known = await other.IssueAsync(_tokens);
        var genuine = new Queue<string>(await slow.IssueAsync(_rounds * (int)_duration.TotalSeconds));
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = BadCallers + 10 });
        ServerProcess[] servers = [floor, unseen, pat];
        foreach (var server in servers)
        {
            await server.CheckAsync();

            // With bad tokens too: how they are refused is compiled then.
            await BadOnes(server).RunAsync(Wrk.RunAsync(server, Connections, _warmUp));
        }

        var loads = servers.ToDictionary(server => server, _ => new List<Load>());
        var refusals = servers.ToDictionary(server => server, _ => new List<double>());
        List<double> waits = [];
        var order = new Random(Seed);
        for (var round = 0; round < _rounds; round++)
        {
            order.Shuffle(servers);
            foreach (var server in servers)
            {
                var load = Wrk.RunAsync(server, Connections, _duration);
                var first = server == pat ? UseFirstAsync(client, server, genuine, load) : Task.FromResult<List<double>>([]);
                refusals[server].AddRange((await BadOnes(server).RunAsync(load)).Values);
                waits.AddRange(await first);
                loads[server].Add(await load);
                Console.WriteLine($"Round {round + 1}, {server.Name}: {(await load).RequestsPerSecond:N0}/s");
            }
        }

        var table = new FigureTable(
            "throughput",
            "Proven tokens while bad ones arrive. The floor accepts everything else and refuses without looking; the second one is Pat, but refuses without looking. Pat by: medians of the rounds' ratios.",
            "contender", "requests/s", "range", "p99 ms", "pat by", "pat by range");
        var answers = new FigureTable(
            "refusals", "The bad tokens meanwhile, from when each was due", "contender", "answered", "p50 ms", "p99 ms");
        foreach (var server in new[] { floor, unseen, pat })
        {
            var name = server == floor ? "floor" : server.Name;
            var rate = new Series(loads[server].Select(load => load.RequestsPerSecond));
            var ratio = new Series(loads[pat].Zip(loads[server], (mine, its) => mine.RequestsPerSecond / its.RequestsPerSecond));
            table.Add(name, rate.Median, rate.Range, new Series(loads[server].Select(load => load.P99Ms)).Median, ratio.Median, ratio.Range);
            var refused = new Series(refusals[server]);
            answers.Add(name, refusals[server].Count, refused.Median, refused.Percentile(0.99));
        }

        var firsts = new FigureTable(
            "first", "Genuine tokens that the node had not proven, hashed with Argon2id, one a second meanwhile", "tokens", "p50 ms", "longest ms");
        var wait = new Series(waits);
        firsts.Add(waits.Count, wait.Median, wait.Percentile(1));
        report.Tables.Add(table);
        report.Tables.Add(answers);
        report.Tables.Add(firsts);
        return report;

        PacedLoad BadOnes(ServerProcess server) => new(BadCallers, BadPeriod, () => RefuseAsync(client, server, known));
    }

    private static async Task RefuseAsync(HttpClient client, ServerProcess server, IReadOnlyList<string> known)
    {
        var status = await SendAsync(client, server, Random.Shared.Next(3) switch
        {
            0 => $"pat_garbage{Random.Shared.Next()}",
            1 => PersonalAccessTokenFormat.Create("pat", Guid.CreateVersion7(TimeProvider.System.GetUtcNow())),
            _ => PersonalAccessTokenFormat.TryParse(known[Random.Shared.Next(known.Count)], out var parts)
                ? PersonalAccessTokenFormat.Create("pat", parts.Id)
                : throw new InvalidOperationException("A token that was issued is none."),
        }, isBad: true);
        if (status != HttpStatusCode.Unauthorized)
        {
            throw new InvalidOperationException($"{server.Name} answered {status} to a bad token.");
        }
    }

    private static async Task<List<double>> UseFirstAsync(HttpClient client, ServerProcess server, Queue<string> genuine, Task meanwhile)
    {
        var waits = new List<double>();
        while (!meanwhile.IsCompleted && genuine.TryDequeue(out var token))
        {
            var started = TimeProvider.System.GetTimestamp();
            var status = await SendAsync(client, server, token, isBad: false);
            waits.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            if (status != HttpStatusCode.OK)
            {
                throw new InvalidOperationException($"{server.Name} answered {status} to a genuine token.");
            }

            await Task.WhenAny(meanwhile, Task.Delay(TimeSpan.FromSeconds(1)));
        }

        return waits;
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, ServerProcess server, string token, bool isBad)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, BenchmarkedApplication.Path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (isBad)
        {
            request.Headers.Add(Mark, "1");
        }

        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}

using System.Diagnostics;
using Pat.TestSupport;

namespace Pat.Benchmarks;

/// <summary>The store's look-up of one token, ids uniformly random, one after the other; tables take turns.</summary>
internal sealed class LookUps(IReadOnlyList<TokenTable> tables, bool isQuick) : IAsyncDisposable
{
    private const int Turn = 200;

    private readonly List<Node> _nodes =
        [.. tables.Select(table => new Node(table.Database, PersonalAccessTokenHashAlgorithm.Sha256))];

    private readonly int _turns = isQuick ? 5 : 150;
    private readonly int _coldTurns = isQuick ? 1 : 5;

    public async Task<FigureTable> MeasureAsync(PostgresServer postgres)
    {
        var table = new FigureTable(
            "lookup",
            $"One look-up by the store, uniformly random ids. Warm: tables read into memory before, {_turns * Turn} look-ups each, in turns. Cold: the first {_coldTurns * Turn} after a restart of the server (the system's own cache stays).",
            "rows", "memory", "p50 us", "p99 us", "p99 by smallest");
        Console.WriteLine("Look-ups, warm");
        foreach (var one in tables)
        {
            await one.WarmAsync();
        }

        await LookUpAsync(_turns / 5);
        Add(table, "warm", await LookUpAsync(_turns));

        Console.WriteLine("Look-ups, cold");
        await postgres.RestartAsync();
        foreach (var node in _nodes)
        {
            // The connection, not the rows.
            await node.Store.GetUtcNowAsync(CancellationToken.None);
        }

        Add(table, "cold", await LookUpAsync(_coldTurns));
        return table;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    private async Task<List<List<double>>> LookUpAsync(int turns)
    {
        var microseconds = tables.Select(_ => new List<double>()).ToList();
        for (var turn = 0; turn < turns; turn++)
        {
            for (var index = 0; index < tables.Count; index++)
            {
                await LookUpAsync(_nodes[index].Store, tables[index].Rows, microseconds[index]);
            }
        }

        return microseconds;
    }

    private static async Task LookUpAsync(IPersonalAccessTokenStore store, TokenRows rows, List<double> microseconds)
    {
        for (var lookUp = 0; lookUp < Turn; lookUp++)
        {
            var id = rows.Id(Random.Shared.NextInt64(rows.Count));
            var started = Stopwatch.GetTimestamp();
            var found = await store.FindAsync([id], CancellationToken.None);
            microseconds.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            if (found.Count != 1)
            {
                throw new InvalidOperationException("A row is missing.");
            }
        }
    }

    private void Add(FigureTable table, string memory, List<List<double>> microseconds)
    {
        var series = microseconds.ConvertAll(one => new Series(one));
        foreach (var (one, own) in tables.Zip(series))
        {
            table.Add(
                one.Rows.Count, memory, own.Median, own.Percentile(0.99), own.Percentile(0.99) / series[0].Percentile(0.99));
        }
    }
}

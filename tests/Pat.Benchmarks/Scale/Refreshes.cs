using System.Diagnostics;

namespace Pat.Benchmarks;

/// <summary>Reading ten thousand tokens in use again, a thousand a statement, as a node does ahead of time.</summary>
internal sealed class Refreshes(bool isQuick)
{
    private const int Entries = 10_000;
    private const int Batch = 1_000;

    private readonly int _repeats = isQuick ? 2 : 7;

    public async Task<FigureTable> MeasureAsync(IReadOnlyList<TokenTable> tables)
    {
        var figures = new FigureTable(
            "refresh",
            $"Reading {Entries} uniformly random tokens again, {Batch} a statement, one statement after the other; medians of {_repeats}",
            "rows", "ms", "range", "ms a statement", "statements", "tokens/s");
        foreach (var table in tables)
        {
            Console.WriteLine($"Refresh among {table.Rows.Count:N0}");
            await using var node = new Node(table.Database, PersonalAccessTokenHashAlgorithm.Sha256);
            await RefreshAsync(node, table);
            var statements = node.Statements;
            List<double> milliseconds = [];
            for (var repeat = 0; repeat < _repeats; repeat++)
            {
                milliseconds.Add((await RefreshAsync(node, table)).TotalMilliseconds);
            }

            var series = new Series(milliseconds);
            figures.Add(
                table.Rows.Count,
                series.Median,
                series.Range,
                series.Median / (Entries / Batch),
                (node.Statements - statements) / _repeats,
                Entries / series.Median * 1e3);
        }

        return figures;
    }

    private static async Task<TimeSpan> RefreshAsync(Node node, TokenTable table)
    {
        var elapsed = TimeSpan.Zero;
        for (var done = 0; done < Entries; done += Batch)
        {
            Guid[] ids = [.. Enumerable.Range(0, Batch).Select(_ => table.Rows.Id(Random.Shared.NextInt64(table.Rows.Count)))];
            var started = Stopwatch.GetTimestamp();
            await node.Store.FindAsync(ids, CancellationToken.None);
            elapsed += Stopwatch.GetElapsedTime(started);
        }

        return elapsed;
    }
}

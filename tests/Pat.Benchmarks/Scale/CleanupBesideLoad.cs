using System.Diagnostics;

namespace Pat.Benchmarks;

/// <summary>Removing the tenth of a table that is inactive, while requests are authenticated that each read their row.</summary>
internal sealed class CleanupBesideLoad(bool isQuick)
{
    private const int Callers = 8;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private readonly TimeSpan _before = TimeSpan.FromSeconds(isQuick ? 3 : 30);

    public async Task<FigureTable> MeasureAsync(TokenTable table)
    {
        Console.WriteLine($"Clean-up among {table.Rows.Count:N0}");
        await table.VacuumAsync();

        // Nothing is accepted from memory: each request reads.
        await using var requests = new Node(
            table.Database, PersonalAccessTokenHashAlgorithm.Sha256, configure: options => options.MaxStaleness = TimeSpan.Zero);
        await using var cleaning = new Node(table.Database, PersonalAccessTokenHashAlgorithm.Sha256);
        string[] tokens = [.. table.Known];
        var load = new PacedLoad(
            Callers, Period, () => Presentation.PresentAsync(requests, tokens[Random.Shared.Next(tokens.Length)], isAccepted: true));
        await load.RunAsync(Task.Delay(_before / 3));
        var without = await load.RunAsync(Task.Delay(_before));

        var started = Stopwatch.GetTimestamp();
        var statements = cleaning.Statements;
        var cleanup = cleaning.Cleanup.RunAsync();
        var with = await load.RunAsync(cleanup);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var removed = await cleanup;

        var figures = new FigureTable(
            "cleanup",
            $"Removing inactive rows, evenly among the others, beside {load.Rate:N0} authentications a second that each read their row",
            "rows", "removed", "s", "removed/s", "statements", "p50 ms without", "p50 ms with", "p99 ms without", "p99 ms with", "p99 ratio");
        figures.Add(
            table.Rows.Count,
            removed,
            elapsed.TotalSeconds,
            removed / elapsed.TotalSeconds,
            cleaning.Statements - statements,
            without.Median,
            with.Median,
            without.Percentile(0.99),
            with.Percentile(0.99),
            with.Percentile(0.99) / without.Percentile(0.99));
        return figures;
    }
}

using System.Diagnostics;

namespace Pat.Benchmarks;

/// <summary>Writing the last uses of ten thousand tokens, a thousand a batch, one batch after the other.</summary>
internal sealed class Flushes(bool isQuick)
{
    private const int Batch = 1_000;

    private static readonly TimeSpan Resolution = TimeSpan.FromMinutes(5);

    private readonly int _uses = isQuick ? 2_000 : 10_000;
    private readonly int _repeats = isQuick ? 1 : 5;
    private int _flushes;

    public async Task<FigureTable> MeasureAsync(IReadOnlyList<TokenTable> tables)
    {
        var figures = new FigureTable(
            "flush",
            $"Writing {_uses} last uses, {Batch} a batch, each time after VACUUM; medians of {_repeats}. Dense: the ids follow each other, so that all rows of a page change.",
            "rows", "ids", "ms", "range", "rows/s", "statements", "written %", "heap-only %");
        foreach (var table in tables)
        {
            Console.WriteLine($"Flush among {table.Rows.Count:N0}");
            if (table.Rows.Count >= 10 * _uses)
            {
                await AddAsync(figures, table, "random", Random);
            }

            if (table.Rows.Count >= 2 * _uses)
            {
                await AddAsync(figures, table, "dense", Dense);
            }
        }

        return figures;
    }

    private IEnumerable<long> Random(TokenTable table)
    {
        var numbers = new HashSet<long>();
        while (numbers.Count < _uses)
        {
            var number = System.Random.Shared.NextInt64(table.Rows.Count);
            if (!TokenRows.IsInactive(number))
            {
                numbers.Add(number);
            }
        }

        return numbers;
    }

    private IEnumerable<long> Dense(TokenTable table)
    {
        var first = System.Random.Shared.NextInt64(Math.Max(1, table.Rows.Count - (2L * _uses)));
        return Enumerable.Range(0, 2 * _uses).Select(offset => first + offset)
            .Where(number => !TokenRows.IsInactive(number)).Take(_uses);
    }

    private async Task AddAsync(FigureTable figures, TokenTable table, string kind, Func<TokenTable, IEnumerable<long>> pick)
    {
        List<double> milliseconds = [];
        var statements = 0L;
        var (updatedBefore, heapOnlyBefore) = await table.ReadUpdatesAsync(0);
        for (var repeat = 0; repeat < _repeats; repeat++)
        {
            await table.VacuumAsync();
            await using var node = new Node(table.Database, PersonalAccessTokenHashAlgorithm.Sha256);
            await node.Store.FindAsync([table.Rows.Id(0)], CancellationToken.None);
            var before = node.Statements;
            milliseconds.Add((await FlushAsync(node, table, [.. pick(table)])).TotalMilliseconds);
            statements += node.Statements - before;
        }

        var (updated, heapOnly) = await table.ReadUpdatesAsync(updatedBefore + ((long)_uses * _repeats));
        var series = new Series(milliseconds);
        figures.Add(
            table.Rows.Count,
            kind,
            series.Median,
            series.Range,
            _uses / series.Median * 1e3,
            statements / _repeats,
            100.0 * (updated - updatedBefore) / ((long)_uses * _repeats),
            100.0 * (heapOnly - heapOnlyBefore) / (updated - updatedBefore));
    }

    /// <summary>Every flush is of a later time than what is written, by more than the resolution, so that every use is written.</summary>
    private async Task<TimeSpan> FlushAsync(Node node, TokenTable table, long[] numbers)
    {
        _flushes++;
        var usedAt = TimeProvider.System.GetUtcNow() + (_flushes * 2 * Resolution);
        var elapsed = TimeSpan.Zero;
        foreach (var batch in numbers.Chunk(Batch))
        {
            PersonalAccessTokenUse[] uses = [.. batch.Select(number => new PersonalAccessTokenUse(table.Rows.Id(number), usedAt, null))];
            var started = Stopwatch.GetTimestamp();
            await node.Store.RecordUseAsync(uses, Resolution, CancellationToken.None);
            elapsed += Stopwatch.GetElapsedTime(started);
        }

        return elapsed;
    }
}

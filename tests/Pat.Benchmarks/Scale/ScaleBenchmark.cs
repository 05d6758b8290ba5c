using System.Globalization;
using Pat.TestSupport;

namespace Pat.Benchmarks;

/// <summary>What the store does with many tokens, on PostgreSQL.</summary>
/// <param name="sizes">The tables' rows; look-ups are compared between them, the rest happens in the largest.</param>
/// <param name="serverSettings">Settings of the server, each <c>name=value</c>.</param>
/// <param name="isQuick">Whether to do little.</param>
internal sealed class ScaleBenchmark(IReadOnlyList<long> sizes, IReadOnlyList<string> serverSettings, bool isQuick)
{
    /// <summary>How many of a table's tokens authenticate requests.</summary>
    private const int TokensInUse = 1_000;

    public static IReadOnlyList<long> ReadSizes(string? text, bool isQuick) =>
        text is null
            ? isQuick ? [10_000, 50_000] : [10_000, 1_000_000]
            : [.. text.Split(',').Select(size => long.Parse(size, CultureInfo.InvariantCulture)).Order()];

    public async Task<Report> RunAsync()
    {
        await using var postgres = new PostgresServer { IsDurable = true, Settings = serverSettings };
        var report = new Report(string.Create(CultureInfo.InvariantCulture, $"scale-{sizes[^1]}"), isQuick);
        List<TokenTable> tables = [];
        foreach (var size in sizes)
        {
            var table = await TokenTable.FillAsync(Database.Of(await postgres.CreateDatabaseAsync()), size, TokensInUse);
            tables.Add(table);
            report.Settings[$"GB of {size:N0} rows"] = (await table.SizeAsync()).ToString("F2", CultureInfo.InvariantCulture);
        }

        await report.AddSettingsAsync(tables[0].Database);
        await using (var lookUps = new LookUps(tables, isQuick))
        {
            report.Tables.Add(await lookUps.MeasureAsync(postgres));
        }

        report.Tables.Add(await new Refreshes(isQuick).MeasureAsync(tables));
        report.Tables.Add(await new Flushes(isQuick).MeasureAsync(tables));
        report.Tables.Add(await new CleanupBesideLoad(isQuick).MeasureAsync(tables[^1]));
        return report;
    }
}

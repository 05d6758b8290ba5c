using System.Diagnostics;
using Pat.TestSupport;

namespace Pat.Benchmarks;

/// <summary>What it takes to refuse a presentation: nobody may use the slow hash as a lever.</summary>
internal sealed class RejectBenchmark(bool isQuick)
{
    private const int Tokens = 10;

    private const int Callers = 64;

    private readonly int _single = isQuick ? 200 : 5_000;
    private readonly int _many = isQuick ? 2_000 : 100_000;

    public async Task<Report> RunAsync()
    {
        await using var postgres = new PostgresServer { IsDurable = true };
        await using var sqlite = TestDatabase.SqliteFile();
        await using var postgreSql = await postgres.CreateDatabaseAsync();
        var report = new Report("reject", isQuick)
        {
            Settings = { ["hash"] = "Argon2id", ["callers"] = $"{Callers} at once for the many" },
        };
        await report.AddSettingsAsync(Database.Of(postgreSql));
        foreach (var database in (TestDatabase[])[sqlite, postgreSql])
        {
            report.Tables.Add(await MeasureAsync(Database.Of(database)));
        }

        return report;
    }

    private async Task<FigureTable> MeasureAsync(Database database)
    {
        IReadOnlyList<string> values;
        await using (var other = new Node(database, PersonalAccessTokenHashAlgorithm.Argon2id))
        {
            await other.CreateTablesAsync();
            values = await other.IssueAsync(2 * Tokens);
        }

        await using var node = new Node(database, PersonalAccessTokenHashAlgorithm.Argon2id);
        string[] proven = [.. values.Take(Tokens)];
        string[] unproven = [.. values.Skip(Tokens)];
        foreach (var value in proven)
        {
            await Presentation.PresentAsync(node, value, isAccepted: true);
        }

        var table = new FigureTable(
            $"reject {database.Provider}",
            $"Refusing by the manager, {database.Provider}: one after the other, then many by {Callers} callers at once",
            "presentation", "us", "p99 us", "bytes", "many", "many/s", "hashes of many", "statements of many");
        foreach (var (kind, create) in Kinds(proven, unproven))
        {
            Console.WriteLine($"{database.Provider}: {kind}");
            await AddAsync(table, node, kind, create);
        }

        return table;
    }

    private static IEnumerable<(string Kind, Func<int, string> Create)> Kinds(string[] proven, string[] unproven) =>
    [
        .. Refusals.WithoutLookUp.Take(2).Select(refusal => (refusal.Kind, new Func<int, string>(_ => refusal.Value))),
        ("unknown id", _ => Refusals.Unknown()),
        ("wrong secret, proven token", number => Refusals.WrongSecret(proven[number % Tokens])),
        ("wrong secret, token not proven", number => Refusals.WrongSecret(unproven[number % Tokens])),
    ];

    private async Task AddAsync(FigureTable table, Node node, string kind, Func<int, string> create)
    {
        string[] values = [.. Enumerable.Range(0, _single).Select(create)];
        await Presentation.MeasureAsync(node, values, isAccepted: false);
        var single = await Presentation.MeasureAsync(node, values, isAccepted: false);

        string[] many = [.. Enumerable.Range(0, _many).Select(create)];
        using var hashes = new HashCount();
        var statements = node.Statements;
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            many,
            new ParallelOptions { MaxDegreeOfParallelism = Callers },
            async (value, _) => await Presentation.PresentAsync(node, value, isAccepted: false));
        var elapsed = Stopwatch.GetElapsedTime(started);
        table.Add(
            kind,
            single.Microseconds.Median,
            single.Microseconds.Percentile(0.99),
            single.Bytes,
            _many,
            _many / elapsed.TotalSeconds,
            hashes.Count,
            node.Statements - statements);
    }
}

using Pat.TestSupport;

namespace Pat.Benchmarks;

/// <summary>
/// The first verification of a token on a node that did not create it, which is when the slow hash runs, and the second,
/// when it does not.
/// </summary>
internal sealed class FirstBenchmark(bool isQuick)
{
    private const int FewForArgon2 = 20;

    private const int FewForSha256 = 500;

    public async Task<Report> RunAsync()
    {
        await using var postgres = new PostgresServer { IsDurable = true };
        var report = new Report("first", isQuick);
        var table = new FigureTable(
            "first",
            "Verifying a token for the first time on a node, and once more",
            "hash", "store", "verification", "tokens", "ms", "p99 ms", "bytes", "hashes", "statements");
        report.Tables.Add(table);
        foreach (var algorithm in Enum.GetValues<PersonalAccessTokenHashAlgorithm>())
        {
            await using var sqlite = TestDatabase.SqliteFile();
            await using var postgreSql = await postgres.CreateDatabaseAsync();
            await report.AddSettingsAsync(Database.Of(postgreSql));
            foreach (var database in (TestDatabase[])[sqlite, postgreSql])
            {
                await AddAsync(table, algorithm, Database.Of(database));
            }
        }

        return report;
    }

    private async Task AddAsync(FigureTable table, PersonalAccessTokenHashAlgorithm algorithm, Database database)
    {
        var count = (algorithm == PersonalAccessTokenHashAlgorithm.Argon2id ? FewForArgon2 : FewForSha256) / (isQuick ? 5 : 1);
        Console.WriteLine($"{algorithm} on {database.Provider}: {count} tokens");
        IReadOnlyList<string> values;
        await using (var other = new Node(database, algorithm))
        {
            await other.CreateTablesAsync();
            values = await other.IssueAsync(count + 1);
        }

        await using var node = new Node(database, algorithm);

        // The last one, so that the code is compiled and the connection open.
        await Presentation.PresentAsync(node, values[^1], isAccepted: true);
        foreach (var verification in (string[])["first", "second"])
        {
            var presentation = await Presentation.MeasureAsync(node, [.. values.SkipLast(1)], isAccepted: true);
            table.Add(
                algorithm.ToString(),
                database.Provider,
                verification,
                count,
                presentation.Microseconds.Median / 1e3,
                presentation.Microseconds.Percentile(0.99) / 1e3,
                presentation.Bytes,
                presentation.Hashes,
                presentation.Statements);
        }
    }
}

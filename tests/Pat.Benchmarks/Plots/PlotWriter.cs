namespace Pat.Benchmarks;

/// <summary>Draws what is in the directory of results.</summary>
internal sealed class PlotWriter(string target)
{
    private const int Ours = 0;
    private const int Others = 1;

    /// <summary>Draws each plot whose results are there; quick results only where there are no others.</summary>
    public void Write()
    {
        Directory.CreateDirectory(target);
        Draw("pipeline", "authorized", "pipeline-time", (rows, footer) => BarChart.Draw(
            "One authorized request through the middleware", "nanoseconds, median and range of rounds; less is better", footer,
            [.. rows.Select(row => Bar(row, "contender", "ns", "ns range"))]));
        Draw("pipeline", "authorized", "pipeline-bytes", (rows, footer) => BarChart.Draw(
            "Memory allocated for one authorized request", "bytes; less is better", footer,
            [.. rows.Select(row => Bar(row, "contender", "bytes"))]));
        Draw("pipeline", "refused", "pipeline-refused", (rows, footer) => BarChart.Draw(
            "Memory allocated to refuse a request by its form", "bytes; less is better", footer,
            [.. rows.Select(row => Bar(row, "contender", "bytes"))]));
        Draw("kestrel", "throughput", "kestrel", (rows, footer) => BarChart.Draw(
            "Requests a second over Kestrel", "closed loop, median and range of rounds; more is better", footer,
            [.. rows.Select(row => Bar(row, "contender", "requests/s", "range"))]));
        Draw("first", "first", "first", (rows, footer) => BarChart.Draw(
            "Verifying a token by the manager", "milliseconds, median", footer,
            [.. rows.Select(row => new Bar(
                $"{row.Text("hash")}, {row.Text("store")}, {row.Text("verification")}", row.Number("ms"), null,
                row.Text("verification") == "first" ? Ours : Others))]));
        Draw("coldstart", "course", "coldstart-proven", (rows, footer) => LineChart.Draw(
            "Tokens proven after a restart", "seconds", "tokens", footer, Courses(rows, "proven")));
        Draw("coldstart", "course", "coldstart-unavailable", (rows, footer) => LineChart.Draw(
            "Requests asked to come back after a restart", "seconds", "503 answers in each second", footer, Courses(rows, "503")));
        foreach (var benchmark in Find("scale-*"))
        {
            Draw(benchmark, "lookup", $"{benchmark}-lookup", (rows, footer) => BarChart.Draw(
                "Looking up one token in PostgreSQL", "microseconds, ids uniformly random", footer,
                [.. rows.SelectMany(row => new[] { LookUp(row, "p50"), LookUp(row, "p99") })]));
            Draw(benchmark, "cleanup", $"{benchmark}-cleanup", (rows, footer) => BarChart.Draw(
                "Authentication while a tenth of the tokens is removed", "milliseconds, each request reads its row", footer,
                [.. rows.SelectMany(row => ((string[])["p50 ms without", "p50 ms with", "p99 ms without", "p99 ms with"])
                    .Select(column => new Bar(
                        column.Replace(" ms", "", StringComparison.Ordinal), row.Number(column), null,
                        column.EndsWith("without", StringComparison.Ordinal) ? Others : Ours)))]));
        }
    }

    private static Bar Bar(ResultRow row, string label, string value, string? range = null) => new(
        row.Text(label),
        row.Number(value),
        range is null ? null : row.Range(range),
        row.Text(label).StartsWith("pat", StringComparison.Ordinal) ? Ours : Others);

    private static Bar LookUp(ResultRow row, string percentile) => new(
        $"{row.Number("rows"):N0} rows, {row.Text("memory")}, {percentile}", row.Number($"{percentile} us"), null,
        percentile == "p50" ? Others : Ours);

    private static Course[] Courses(IEnumerable<ResultRow> rows, string column) =>
        [.. rows.GroupBy(row => row.Text("hash"))
            .Select((hash, index) => new Course(
                hash.Key, [.. hash.Select(row => (row.Number("second"), row.Number(column)))], 2 + index))];

    /// <summary>The benchmarks with results whose names are like that.</summary>
    private static IEnumerable<string> Find(string pattern) =>
        Directory.EnumerateFiles(Report.Directory, $"{pattern}.json")
            .Select(file => Path.GetFileName(file).Split('.')[0])
            .Distinct();

    private void Draw(string benchmark, string table, string name, Func<IReadOnlyList<ResultRow>, string, string> draw)
    {
        var file = ((string[])[$"{benchmark}.json", $"{benchmark}.quick.json"])
            .Select(file => Path.Combine(Report.Directory, file)).FirstOrDefault(File.Exists);
        if (file is null || Report.Read(file) is not { } report)
        {
            Console.WriteLine($"{name}: no results of {benchmark}");
            return;
        }

        var found = report.Tables.Single(candidate => candidate.Name == table);
        var machine = report.Machine;
        var footer = $"{(report.IsQuick ? "QUICK, no figures to rely on. " : "")}{machine.Processor}, {machine.Cores} cores, {machine.Runtime}, {machine.Date}";
        var path = Path.Combine(target, $"{name}.svg");
        File.WriteAllText(path, draw([.. found.Rows.Select(row => new ResultRow(found.Columns, row))], footer));
        Console.WriteLine(Path.GetRelativePath(Environment.CurrentDirectory, path));
    }
}

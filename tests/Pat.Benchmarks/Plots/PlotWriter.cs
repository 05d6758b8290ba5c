namespace Pat.Benchmarks;

/// <summary>Draws what is in the directory of results, and writes the page that shows it with all tables.</summary>
/// <param name="images">The directory for what is drawn.</param>
/// <param name="page">The page's file.</param>
/// <param name="takesQuick">Whether quick results are shown where there are no others.</param>
internal sealed class PlotWriter(string images, string page, bool takesQuick)
{
    /// <summary>What has more rows is a course, to be looked at.</summary>
    private const int MostRows = 30;

    private const int Ours = 0;
    private const int Others = 1;

    private readonly List<(string Benchmark, string Name)> _drawn = [];

    /// <summary>Draws each plot whose results are there.</summary>
    public void Write()
    {
        Directory.CreateDirectory(images);
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

        WritePage();
    }

    private void WritePage()
    {
        using var output = new StreamWriter(page) { NewLine = "\n" };
        output.WriteLine("# Performance: all figures");
        output.WriteLine();
        output.WriteLine("Written by `dotnet run -c Release --project tests/Pat.Benchmarks -- plots` from `tests/Pat.Benchmarks/results`: do not edit it.");
        output.WriteLine("What is measured, and what it says, is in [Performance](performance.md).");
        foreach (var benchmark in _drawn.Select(drawn => drawn.Benchmark).Union(Find("*")).Distinct())
        {
            WriteSection(output, benchmark);
        }

        Console.WriteLine(Path.GetRelativePath(Environment.CurrentDirectory, page));
    }

    private void WriteSection(StreamWriter output, string benchmark)
    {
        var report = Read(benchmark)!;
        output.WriteLine();
        output.WriteLine($"## {benchmark}{(report.IsQuick ? " (quick: no figures to rely on)" : "")}");
        output.WriteLine();
        output.WriteLine($"{report.Machine}");
        output.WriteLine();
        foreach (var (name, value) in report.Settings)
        {
            output.WriteLine($"- {name}: {value}");
        }

        foreach (var table in report.Tables.Where(table => table.Rows.Count <= MostRows))
        {
            output.WriteLine();
            output.WriteLine(table.Caption);
            output.WriteLine();
            output.WriteLine(Line(table.Columns));
            output.WriteLine(Line(table.Columns.Select(_ => "---")));
            foreach (var row in table.Rows)
            {
                output.WriteLine(Line(row.Select(FigureTable.Write)));
            }
        }

        foreach (var (_, name) in _drawn.Where(drawn => drawn.Benchmark == benchmark))
        {
            var image = Path.GetRelativePath(Path.GetDirectoryName(page)!, Path.Combine(images, $"{name}.svg"));
            output.WriteLine();
            output.WriteLine($"![{name}]({image.Replace(Path.DirectorySeparatorChar, '/')})");
        }

        static string Line(IEnumerable<string> cells) =>
            $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ")))} |";
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
    private IEnumerable<string> Find(string pattern) =>
        Directory.EnumerateFiles(Report.Directory, $"{pattern}.json")
            .Select(file => Path.GetFileName(file).Split('.')[0])
            .Distinct()
            .Where(benchmark => Read(benchmark) is not null)
            .Order(StringComparer.Ordinal);

    /// <summary>The results of a benchmark, or null.</summary>
    private Report? Read(string benchmark) =>
        (takesQuick ? (string[])[$"{benchmark}.json", $"{benchmark}.quick.json"] : [$"{benchmark}.json"])
            .Select(file => Path.Combine(Report.Directory, file))
            .Where(File.Exists)
            .Select(Report.Read)
            .FirstOrDefault();

    private void Draw(string benchmark, string table, string name, Func<IReadOnlyList<ResultRow>, string, string> draw)
    {
        if (Read(benchmark) is not { } report)
        {
            Console.WriteLine($"{name}: no results of {benchmark}");
            return;
        }

        var found = report.Tables.Single(candidate => candidate.Name == table);
        var machine = report.Machine;
        var footer = $"{(report.IsQuick ? "QUICK, no figures to rely on. " : "")}{machine.Processor}, {machine.Cores} cores, {machine.Runtime}, {machine.Date}";
        var path = Path.Combine(images, $"{name}.svg");
        File.WriteAllText(path, draw([.. found.Rows.Select(row => new ResultRow(found.Columns, row))], footer));
        _drawn.Add((benchmark, name));
        Console.WriteLine(Path.GetRelativePath(Environment.CurrentDirectory, path));
    }
}

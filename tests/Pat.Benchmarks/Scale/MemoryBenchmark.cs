using System.Diagnostics.Metrics;
using Pat.TestSupport;

namespace Pat.Benchmarks;

/// <summary>
/// What a node of a web application keeps in memory for each token it has proven: also what the middleware keeps with it.
/// </summary>
internal sealed class MemoryBenchmark(bool isQuick)
{
    private const int Callers = 64;

    private readonly int _tokens = isQuick ? 5_000 : 100_000;

    public async Task<Report> RunAsync()
    {
        await using var postgres = new PostgresServer();
        var report = new Report("memory", isQuick);
        var figures = new FigureTable(
            "memory",
            "Memory after a full collection, with the tokens proven less without, for each token",
            "owners", "tokens", "entries by the gauge", "bytes a token", "MB in all");
        report.Tables.Add(figures);
        foreach (var hasOwners in (bool[])[false, true])
        {
            Console.WriteLine(hasOwners ? "With owners' claims" : "Without owners' claims");
            await using var created = await postgres.CreateDatabaseAsync();
            var table = await TokenTable.FillAsync(Database.Of(created), _tokens, _tokens);
            string[] values = [.. table.Known];

            var node = new KnownTokens(table.Database, hasOwners, values);

            // An application before, so that what is made once a process is not counted.
            await using (var former = await PipelineApplication.StartAsync(node))
            {
                await PresentAsync(former, values.AsMemory(0, values.Length / 10));
            }

            // Nor what an application makes once and for each of its connections.
            await using var application = await PipelineApplication.StartAsync(node);
            await PresentAsync(application, values.AsMemory(0, Callers));
            using var entries = new EntryGauge();
            var counted = values.AsMemory(Callers);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            await PresentAsync(application, counted);

            // What is made of a token is made anew once it was read again, and that goes on meanwhile.
            await PresentAsync(application, counted);
            var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
            figures.Add(
                hasOwners ? "7 claims, 12 in the principal" : "none, 5 in the principal",
                counted.Length,
                entries.Read(),
                (double)bytes / counted.Length,
                bytes / 1e6);
            GC.KeepAlive(values);
        }

        return report;
    }

    private static async Task PresentAsync(PipelineApplication application, ReadOnlyMemory<string> values) =>
        await Parallel.ForAsync(
            0,
            values.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Callers },
            async (index, _) =>
            {
                var status = await application.PresentAsync(values.Span[index]);
                if (status != BenchmarkedApplication.Authenticated)
                {
                    throw new InvalidOperationException($"A token was answered {status}.");
                }
            });

    /// <summary>The instrument that says how many entries there are, while there is one.</summary>
    private sealed class EntryGauge : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long? _entries;

        public EntryGauge()
        {
            _listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Pat" && instrument.Name == "pat.cache.entries")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<int>((_, entries, _, _) => Note(entries));
            _listener.SetMeasurementEventCallback<long>((_, entries, _, _) => Note(entries));
            _listener.Start();
        }

        public long? Read()
        {
            _listener.RecordObservableInstruments();
            return _entries;
        }

        public void Dispose() => _listener.Dispose();

        /// <summary>There can be a node of before whose meter still lives.</summary>
        private void Note(long entries) => _entries = Math.Max(entries, _entries ?? 0);
    }
}

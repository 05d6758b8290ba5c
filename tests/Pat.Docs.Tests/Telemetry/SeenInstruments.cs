using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Pat.Docs.Tests;

/// <summary>Hears every instrument of the product's meter.</summary>
internal sealed class SeenInstruments : IDisposable
{
    private readonly ConcurrentDictionary<string, SeenInstrument> _instruments = new();
    private readonly MeterListener _listener = new();

    public SeenInstruments()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == PatMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument, _instruments.GetOrAdd(instrument.Name, _ => new SeenInstrument(instrument)));
            }
        };
        _listener.SetMeasurementEventCallback<int>(static (_, _, tags, seen) => ((SeenInstrument)seen!).Measured(tags));
        _listener.SetMeasurementEventCallback<long>(static (_, _, tags, seen) => ((SeenInstrument)seen!).Measured(tags));
        _listener.SetMeasurementEventCallback<double>(static (_, _, tags, seen) => ((SeenInstrument)seen!).Measured(tags));
        _listener.Start();
    }

    public IReadOnlyCollection<SeenInstrument> All => [.. _instruments.Values];

    public bool IsEmitted(string name) => _instruments.TryGetValue(name, out var instrument) && instrument.IsEmitted;

    /// <summary>Reads the gauges.</summary>
    public void Collect() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Pat.Docs.Tests;

/// <summary>An instrument that the product registered, and the tags that its measurements had.</summary>
internal sealed class SeenInstrument(Instrument instrument)
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _tags = new();

    public string Name => instrument.Name;

    public string Unit => instrument.Unit ?? "";

    public string Kind => instrument.GetType().Name switch
    {
        "Counter`1" => "counter",
        "Histogram`1" => "histogram",
        "ObservableGauge`1" => "gauge",
        var other => other,
    };

    /// <summary>Whether there was a measurement.</summary>
    public bool IsEmitted { get; private set; }

    /// <summary>The bounds of its buckets, where it advises any.</summary>
    public IReadOnlyList<double> Buckets => (instrument as Instrument<double>)?.Advice?.HistogramBucketBoundaries ?? [];

    public IEnumerable<string> TagKeys => _tags.Keys;

    public IEnumerable<string> ValuesOf(string tag) => _tags.TryGetValue(tag, out var values) ? values.Keys : [];

    public void Measured(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        IsEmitted = true;
        foreach (var tag in tags)
        {
            _tags.GetOrAdd(tag.Key, static _ => new()).TryAdd(tag.Value?.ToString() ?? "", true);
        }
    }
}

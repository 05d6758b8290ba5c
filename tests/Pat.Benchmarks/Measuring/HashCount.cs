using System.Diagnostics.Metrics;

namespace Pat.Benchmarks;

/// <summary>Counts the hashes of secrets that are computed in this process, by the instrument that the product has for them.</summary>
internal sealed class HashCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public HashCount()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Pat" && instrument.Name == "pat.verification.hash.duration")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref _count));
        _listener.Start();
    }

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}

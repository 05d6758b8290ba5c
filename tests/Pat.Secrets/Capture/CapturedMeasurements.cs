using System.Diagnostics.Metrics;

namespace Pat.Secrets.Capture;

/// <summary>Every instrument of every meter, with the tags of its measurements; not the numbers, which say nothing.</summary>
internal static class CapturedMeasurements
{
    public static MeterListener Listen(Recording recording)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument),
        };
        Read<byte>();
        Read<short>();
        Read<int>();
        Read<long>();
        Read<float>();
        Read<double>();
        Read<decimal>();
        listener.Start();
        return listener;

        void Read<T>()
            where T : struct => listener.SetMeasurementEventCallback<T>((instrument, _, tags, _) => Write(recording, instrument, tags));
    }

    private static void Write(Recording recording, Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var texts = new List<string>();
        foreach (var tag in tags)
        {
            texts.Add($"{tag.Key}={tag.Value}");
        }

        recording.Write("metric", $"{instrument.Meter.Name} {instrument.Name} {instrument.Description} {string.Join(' ', texts)}");
    }
}

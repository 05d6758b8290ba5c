using System.Diagnostics.Metrics;
using System.Globalization;

namespace Pat.History.Node;

/// <summary>Writes each time that a change took to get here, as the product measures it, to the output of the node.</summary>
internal static class PropagationReport
{
    public static void Start()
    {
        // It lives as long as the process.
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name is "pat.revocation.propagation" or "pat.revocation.early_notices")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(static (_, seconds, _, _) =>
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pat-history propagation {seconds:F6}")));
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => Console.WriteLine("pat-history negative"));
        listener.Start();
    }
}

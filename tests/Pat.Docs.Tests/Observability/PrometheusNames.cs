namespace Pat.Docs.Tests;

/// <summary>The metrics that instruments become in Prometheus, by OpenTelemetry's rules.</summary>
/// <seealso href="https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1"/>
internal static class PrometheusNames
{
    /// <summary>The labels that every metric gets where it is collected.</summary>
    public static readonly string[] OfEach = ["job", "instance"];

    /// <summary>The names of the metrics of one instrument, each with its labels.</summary>
    public static IEnumerable<(string Metric, string[] Labels)> Of(SeenInstrument instrument)
    {
        // A unit in braces is a note, and left out.
        var unit = instrument.Unit == "s" ? "_seconds" : instrument.Unit.StartsWith('{') ? "" : throw new NotSupportedException(instrument.Unit);
        var name = instrument.Name.Replace('.', '_') + unit;
        string[] labels = [.. OfEach, .. instrument.TagKeys.Select(LabelOf)];
        return instrument.Kind switch
        {
            "histogram" => [($"{name}_bucket", [.. labels, "le"]), ($"{name}_count", labels), ($"{name}_sum", labels)],
            "counter" => [($"{name}_total", labels)],
            _ => [(name, labels)],
        };
    }

    /// <summary>The label that a tag becomes.</summary>
    public static string LabelOf(string tag) => tag.Replace('.', '_');
}

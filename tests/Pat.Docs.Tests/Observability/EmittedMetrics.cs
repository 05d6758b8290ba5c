namespace Pat.Docs.Tests;

/// <summary>What Prometheus would have of the product, to hold queries to.</summary>
internal sealed class EmittedMetrics(IReadOnlyCollection<SeenInstrument> instruments)
{
    private readonly Dictionary<string, (string Instrument, string[] Labels)> _metrics = instruments
        .Where(static instrument => instrument.IsEmitted)
        .SelectMany(static instrument => PrometheusNames.Of(instrument).Select(metric => (metric, instrument.Name)))
        .ToDictionary(static pair => pair.metric.Metric, static pair => (pair.Name, pair.metric.Labels));

    public IEnumerable<string> InstrumentsIn(PromQuery query) =>
        query.Selectors.Where(selector => _metrics.ContainsKey(selector.Metric)).Select(selector => _metrics[selector.Metric].Instrument);

    /// <summary>What a query asks for and nobody emits.</summary>
    public IEnumerable<string> FaultsOf(PromQuery query)
    {
        if (query.Selectors.Count == 0)
        {
            return [$"No metric in {query.Text}"];
        }

        var known = query.Selectors.Where(selector => _metrics.ContainsKey(selector.Metric)).ToList();
        return
        [
            .. query.Selectors.Except(known).Select(static selector => $"No metric {selector.Metric}"),
            .. known.SelectMany(FaultsOf),
            .. query.Grouping.Where(label => !known.Exists(selector => _metrics[selector.Metric].Labels.Contains(label)))
                .Select(label => $"No label {label} in {query.Text}"),
        ];
    }

    private IEnumerable<string> FaultsOf(PromSelector selector)
    {
        var (instrument, labels) = _metrics[selector.Metric];
        var documented = DocumentedInstrument.All.SingleOrDefault(documented => documented.Name == instrument);
        foreach (var (label, value) in selector.Matchers)
        {
            if (!labels.Contains(label))
            {
                yield return $"{selector.Metric} has no label {label}";
            }
            else if (documented?.Tags.SingleOrDefault(tag => PrometheusNames.LabelOf(tag.Key) == label).Value is { } values && value.Split('|').Except(values).FirstOrDefault() is { } other)
            {
                yield return $"{selector.Metric} has no {label} {other}";
            }
        }
    }
}

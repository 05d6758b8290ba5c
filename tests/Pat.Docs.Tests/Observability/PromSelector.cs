namespace Pat.Docs.Tests;

/// <summary>The time series that a query asks for: a metric, and what it says of labels.</summary>
/// <param name="Metric">The metric's name as Prometheus knows it.</param>
/// <param name="Matchers">The labels that it compares, with what.</param>
internal sealed record PromSelector(string Metric, IReadOnlyList<(string Label, string Value)> Matchers);

namespace Pat.Benchmarks;

/// <summary>One bar of a chart.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">How long it is.</param>
/// <param name="Range">From where to where single rounds went, or null.</param>
/// <param name="Colour">Its colour, of <see cref="Svg.Colours"/>.</param>
internal sealed record Bar(string Label, double Value, double[]? Range, int Colour);

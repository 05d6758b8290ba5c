namespace Pat.Benchmarks;

/// <summary>One line of a chart.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Points">Where it goes, from left to right.</param>
/// <param name="Colour">Its colour, of <see cref="Svg.Colours"/>.</param>
internal sealed record Course(string Label, IReadOnlyList<(double X, double Y)> Points, int Colour);

using System.Globalization;

namespace Pat.Benchmarks;

/// <summary>Bars that lie, each with its figure behind it.</summary>
internal static class BarChart
{
    private const int Width = 760;
    private const int Left = 210;
    private const int Right = 90;
    private const int Top = 58;
    private const int Row = 28;
    private const int Thickness = 16;

    public static string Draw(string title, string unit, string footer, IReadOnlyList<Bar> bars)
    {
        var height = Top + (bars.Count * Row) + 34;
        var svg = new Svg(Width, height, title);
        svg.Text(16, 26, title, size: 15, isBold: true);
        svg.Text(16, 44, unit, colour: Svg.Faint);

        var most = bars.Max(bar => Math.Max(bar.Value, bar.Range?.Max() ?? 0));
        var scale = (Width - Left - Right) / most;
        foreach (var (bar, index) in bars.Select((bar, index) => (bar, index)))
        {
            var y = Top + (index * Row);
            var end = bar.Value * scale;
            svg.Text(Left - 10, y + Thickness - 3, bar.Label, "end");
            svg.Bar(Left, y, end, Thickness, Svg.Colours[bar.Colour]);
            if (bar.Range is [var least, var greatest])
            {
                var middle = y + (Thickness / 2.0);
                svg.Line(Left + (least * scale), middle, Left + (greatest * scale), middle, Svg.Ink);
                end = Math.Max(end, greatest * scale);
            }

            svg.Text(Left + end + 8, y + Thickness - 3, Format(bar.Value));
        }

        svg.Text(16, height - 12, footer, size: 11, colour: Svg.Faint);
        return svg.ToString();
    }

    public static string Format(double value) =>
        value.ToString(Math.Abs(value) switch { >= 100 => "N0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}

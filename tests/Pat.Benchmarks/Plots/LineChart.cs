using System.Globalization;

namespace Pat.Benchmarks;

/// <summary>Lines over time.</summary>
internal static class LineChart
{
    private const int Width = 760;
    private const int Height = 340;
    private const int Left = 70;
    private const int Right = 20;
    private const int Top = 84;
    private const int Bottom = 62;
    private const int Rules = 4;

    public static string Draw(string title, string unitX, string unitY, string footer, IReadOnlyList<Course> courses)
    {
        var svg = new Svg(Width, Height, title);
        svg.Text(16, 26, title, size: 15, isBold: true);
        svg.Text(16, 44, unitY, colour: Svg.Faint);

        var mostX = Math.Max(1, courses.SelectMany(course => course.Points).Max(point => point.X));
        var mostY = Math.Max(1, courses.SelectMany(course => course.Points).Max(point => point.Y));
        for (var rule = 0; rule <= Rules; rule++)
        {
            var part = rule / (double)Rules;
            svg.Line(Left, Y(part * mostY), Width - Right, Y(part * mostY));
            svg.Text(Left - 8, Y(part * mostY) + 4, Mark(part * mostY), "end", 11, Svg.Faint);
            svg.Text(X(part * mostX), Height - Bottom + 18, Mark(part * mostX), "middle", 11, Svg.Faint);
        }

        var legend = (double)Left;
        foreach (var course in courses)
        {
            svg.Path(course.Points.Select(point => (X(point.X), Y(point.Y))), Svg.Colours[course.Colour]);
            svg.Bar(legend, 60, 14, 4, Svg.Colours[course.Colour]);
            svg.Text(legend + 20, 67, course.Label);
            legend += 34 + (course.Label.Length * 6.6);
        }

        svg.Text((Left + Width - Right) / 2.0, Height - Bottom + 34, unitX, "middle", 11, Svg.Faint);
        svg.Text(16, Height - 10, footer, size: 11, colour: Svg.Faint);
        return svg.ToString();

        static string Mark(double value) => value.ToString("#,0.#", CultureInfo.InvariantCulture);

        double X(double x) => Left + (x / mostX * (Width - Left - Right));

        double Y(double y) => Height - Bottom - (y / mostY * (Height - Top - Bottom));
    }
}

using System.Globalization;
using System.Net;
using System.Text;

namespace Pat.Benchmarks;

/// <summary>A drawing, on a ground of its own so that it can be read on a light page and on a dark one.</summary>
internal sealed class Svg(int width, int height, string title)
{
    public const string Ink = "#1f2933";
    public const string Faint = "#64748b";
    public const string Rule = "#e2e8f0";

    /// <summary>Lines and bars: the product's first.</summary>
    public static readonly string[] Colours = ["#2563eb", "#94a3b8", "#0f766e", "#b45309"];

    private readonly StringBuilder _content = new();

    public void Text(double x, double y, string text, string anchor = "start", int size = 12, string colour = Ink, bool isBold = false) =>
        Add($"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"{(isBold ? " font-weight=\"600\"" : "")}>{WebUtility.HtmlEncode(text)}</text>""");

    public void Bar(double x, double y, double length, double thickness, string colour) =>
        Add($"""<rect x="{x:0.#}" y="{y:0.#}" width="{Math.Max(1, length):0.#}" height="{thickness:0.#}" rx="2" fill="{colour}"/>""");

    public void Line(double x1, double y1, double x2, double y2, string colour = Rule, double thickness = 1) =>
        Add($"""<line x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}" stroke="{colour}" stroke-width="{thickness:0.#}"/>""");

    public void Path(IEnumerable<(double X, double Y)> points, string colour)
    {
        var text = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));
        Add($"""<polyline points="{text}" fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round"/>""");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" font-family="system-ui, -apple-system, 'Segoe UI', sans-serif">
        <title>{WebUtility.HtmlEncode(title)}</title>
        <rect width="{width}" height="{height}" rx="8" fill="#ffffff"/>
        {_content}</svg>

        """);

    private void Add(FormattableString element) => _content.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}

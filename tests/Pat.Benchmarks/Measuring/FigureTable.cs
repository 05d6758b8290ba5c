using System.Globalization;
using System.Text.Json;

namespace Pat.Benchmarks;

/// <summary>Figures that are compared with each other.</summary>
/// <param name="Name">A short name by which plots find it.</param>
/// <param name="Caption">What was measured, and what it is compared with.</param>
/// <param name="Columns">The columns' names, the unit in each.</param>
internal sealed record FigureTable(string Name, string Caption, params string[] Columns)
{
    /// <summary>The rows: texts, numbers, ranges of two numbers, or null where there is nothing to say.</summary>
    public IList<object?[]> Rows { get; init; } = [];

    public void Add(params object?[] cells)
    {
        if (cells.Length != Columns.Length)
        {
            throw new ArgumentException($"{Name} has {Columns.Length} columns.", nameof(cells));
        }

        Rows.Add(cells);
    }

    /// <summary>A cell as people read it.</summary>
    public static string Write(object? cell) => cell switch
    {
        null => "",
        JsonElement { ValueKind: JsonValueKind.Null } => "",
        JsonElement { ValueKind: JsonValueKind.Array } range => Write(range.Deserialize<double[]>()),
        JsonElement { ValueKind: JsonValueKind.Number } number =>
            number.TryGetInt64(out var whole) ? Write(whole) : Write(number.GetDouble()),
        double[] range => string.Join(" - ", range.Select(end => Write(end))),
        double number => Math.Abs(number) switch
        {
            >= 1_000 => number.ToString("N0", CultureInfo.InvariantCulture),
            >= 100 => number.ToString("F0", CultureInfo.InvariantCulture),
            >= 10 => number.ToString("F1", CultureInfo.InvariantCulture),
            _ => number.ToString("F2", CultureInfo.InvariantCulture),
        },
        int or long => string.Create(CultureInfo.InvariantCulture, $"{cell:N0}"),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!,
    };
}

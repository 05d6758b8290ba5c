using System.Globalization;
using System.Text.Json;

namespace Pat.Benchmarks;

/// <summary>A row of a table that was read from a file of results.</summary>
internal sealed class ResultRow(IReadOnlyList<string> columns, object?[] cells)
{
    public string Text(string column) => Find(column)?.ToString() ?? "";

    public double Number(string column) => Find(column) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text => double.Parse(text.GetString()!, CultureInfo.InvariantCulture),
        _ => 0,
    };

    public double[]? Range(string column) =>
        Find(column) is { ValueKind: JsonValueKind.Array } range ? range.Deserialize<double[]>() : null;

    private JsonElement? Find(string column) =>
        columns.ToList().IndexOf(column) is >= 0 and var index
            ? (JsonElement?)cells[index]
            : throw new InvalidDataException($"There is no column {column}.");
}

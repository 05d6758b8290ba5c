namespace Pat.Docs.Tests;

/// <summary>A table of a page.</summary>
/// <param name="Head">The cells of its head.</param>
/// <param name="Rows">Its rows, each as its cells.</param>
internal sealed record Table(string[] Head, IReadOnlyList<string[]> Rows)
{
    /// <summary>A row's cell in the column with a name, or null where the table has no such column.</summary>
    public string? CellOf(string[] row, string column) => Array.IndexOf(Head, column) is >= 0 and var index ? row[index] : null;
}

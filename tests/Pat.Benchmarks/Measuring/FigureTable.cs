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
}

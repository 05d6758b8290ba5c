namespace Pat.Docs.Tests;

/// <summary>What the tables of other pages say of options is what docs/options.md says.</summary>
public sealed class OptionTablesTests
{
    private static readonly OptionsClass[] Classes = [.. OptionsClass.All];

    public static TheoryData<string> Pages => [.. Document.All.Where(static page => page != OptionsClass.Page && TablesOf(page).Any())];

    [Fact]
    public void Each_table_of_the_reference_has_defaults_and_ranges() =>
        Assert.All(TablesOf(OptionsClass.Page), static table => Assert.Equal(["option", "default", "range", ""], table.Head));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_row_agrees_with_the_reference(string page) => Assert.Empty(
        TablesOf(page).SelectMany(static table => table.Rows.Where(row => !Classes.Any(options => Agrees(options, table, row)))).Select(static row => string.Join(" | ", row)));

    private static IEnumerable<Table> TablesOf(string page) => Document.TablesOf(page).Where(static table => table.Head[0] == "option");

    private static bool Agrees(OptionsClass options, Table table, string[] row)
    {
        var option = OptionsClass.NameIn(row);
        return options.Documented.ContainsKey(option)
            && (table.CellOf(row, "default") is not { } value || DocumentedDefault.Is(value, options.DefaultOf(option)))
            && (table.CellOf(row, "range") is not { } range || IsSame(options.RangeIn(range, option), options.RangeIn(options.Ranges[option], option)));
    }

    // Where null stands for something, the default says so.
    private static bool IsSame(DocumentedRange? one, DocumentedRange? other) =>
        one is null || other is null ? one == other : one with { IsNullToo = other.IsNullToo } == other;
}

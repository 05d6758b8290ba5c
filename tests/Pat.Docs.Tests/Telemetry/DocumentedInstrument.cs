namespace Pat.Docs.Tests;

/// <summary>An instrument as docs/telemetry.md describes it.</summary>
internal sealed record DocumentedInstrument(string Name, string Kind, string Unit, IReadOnlyDictionary<string, string[]> Tags)
{
    public static IReadOnlyList<DocumentedInstrument> All { get; } =
        [.. Document.RowsBelow("docs/telemetry.md", "## Instruments").Select(Read)];

    /// <summary>Name, kind, unit and the tags' keys, to compare.</summary>
    public string Text => $"{Name} {Kind} {Unit} [{string.Join(' ', Tags.Keys.Order())}]";

    private static DocumentedInstrument Read(string[] row) =>
        new(Document.CodeOf(row[0]), row[1], Document.CodeOf(row[2]), TagsOf(row[3]));

    private static Dictionary<string, string[]> TagsOf(string cell) => cell == "none" ? [] : cell.Split(';').ToDictionary(
        Document.CodeOf, tag => tag[(tag.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(',').Select(value => value.Trim()).ToArray());
}

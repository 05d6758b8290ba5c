using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pat.Benchmarks;

/// <summary>The figures of one run, as they are kept in the directory of results.</summary>
/// <param name="Benchmark">What was run.</param>
/// <param name="IsQuick">Whether it was only to see that it works.</param>
internal sealed record Report(string Benchmark, bool IsQuick)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public Machine Machine { get; init; } = Machine.Current;

    /// <summary>What else the figures depend on: versions and settings.</summary>
    public IDictionary<string, string> Settings { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    public IList<FigureTable> Tables { get; init; } = [];

    /// <summary>Where results are: quick ones are named so, and not kept with the sources.</summary>
    public static string Directory => Locate("Results");

    /// <summary>A directory of the sources that the project file names.</summary>
    public static string Locate(string key) => Path.GetFullPath(
        typeof(Report).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!);

    public static Report? Read(string file) => JsonSerializer.Deserialize<Report>(File.ReadAllText(file), Json);

    /// <summary>Adds what the server of <paramref name="database"/> is set to.</summary>
    public async Task AddSettingsAsync(Database database)
    {
        foreach (var (name, value) in await database.ReadSettingsAsync())
        {
            Settings[name] = value;
        }
    }

    /// <summary>Prints the tables and writes the file.</summary>
    public void Publish(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(Machine);
        foreach (var (name, value) in Settings)
        {
            output.WriteLine($"{name}: {value}");
        }

        foreach (var table in Tables)
        {
            Print(output, table);
        }

        System.IO.Directory.CreateDirectory(Directory);
        var file = Path.Combine(Directory, $"{Benchmark}{(IsQuick ? ".quick" : "")}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(this, Json) + "\n");
        output.WriteLine();
        output.WriteLine($"Written to {Path.GetRelativePath(Environment.CurrentDirectory, file)}");
    }

    private static void Print(TextWriter output, FigureTable table)
    {
        var rows = table.Rows.Select(row => row.Select(FigureTable.Write).ToArray()).Prepend(table.Columns).ToList();
        var widths = table.Columns.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        output.WriteLine();
        output.WriteLine(table.Caption);
        foreach (var (row, index) in rows.Select((row, index) => (row, index)))
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) =>
                column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
            if (index == 0)
            {
                output.WriteLine(string.Join("  ", widths.Select(width => new string('-', width))));
            }
        }
    }
}

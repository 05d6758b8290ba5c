using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Pat.Fuzz;

/// <summary>
/// Inputs that between them take every branch that was ever taken: one a line in a file of its target, where everything but
/// printable ASCII is written as <c>\uXXXX</c>.
/// </summary>
internal sealed partial class Corpus
{
    private readonly string _path;

    private Corpus(string path) => _path = path;

    public List<string> Inputs { get; } = [];

    /// <summary>The corpus of a target, as the repository has it.</summary>
    public static Corpus Of(string target)
    {
        var directory = typeof(Corpus).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Corpus").Value!;
        var corpus = new Corpus(Path.Combine(directory, target + ".txt"));
        if (File.Exists(corpus._path))
        {
            corpus.Inputs.AddRange(File.ReadLines(corpus._path).Select(Read));
        }

        return corpus;
    }

    public void Save(IEnumerable<string> inputs)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllText(_path, string.Concat(inputs.Select(Write).Order(StringComparer.Ordinal).Select(line => line + "\n")));
    }

    public static string Write(string input)
    {
        var line = new StringBuilder();
        for (var at = 0; at < input.Length; at++)
        {
            // A space at the end of a line is what editors take away.
            var character = input[at];
            line = character is >= ' ' and <= '~' and not '\\' && (character != ' ' || at < input.Length - 1)
                ? line.Append(character)
                : line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }

        return line.ToString();
    }

    public static string Read(string line) => Escape().Replace(
        line, match => ((char)ushort.Parse(match.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex(@"\\u[0-9a-f]{4}")]
    private static partial Regex Escape();
}

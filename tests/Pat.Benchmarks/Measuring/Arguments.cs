using System.Globalization;

namespace Pat.Benchmarks;

/// <summary>What was asked for on the command line: a name, then options.</summary>
/// <param name="words">The words after the program's name.</param>
internal sealed class Arguments(IReadOnlyList<string> words)
{
    /// <summary>What to run, or null.</summary>
    public string? What => words.Count > 0 && !words[0].StartsWith('-') ? words[0] : null;

    /// <summary>Whether to do only as much as shows that everything works. The figures then mean little.</summary>
    public bool IsQuick => Has("--quick");

    public bool Has(string option) => words.Contains(option);

    /// <summary>The word after <paramref name="option"/>, or null.</summary>
    public string? Find(string option) => FindAll(option).FirstOrDefault();

    /// <summary>The number after <paramref name="option"/>, or null.</summary>
    public int? FindNumber(string option) =>
        Find(option) is { } word ? int.Parse(word, CultureInfo.InvariantCulture) : null;

    /// <summary>The words after each <paramref name="option"/>.</summary>
    public IEnumerable<string> FindAll(string option) =>
        words.Zip(words.Skip(1)).Where(pair => pair.First == option).Select(pair => pair.Second);

    /// <summary>The word after <paramref name="option"/>.</summary>
    public string Get(string option) =>
        Find(option) ?? throw new ArgumentException($"{option} is missing.");
}

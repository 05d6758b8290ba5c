using System.Text.RegularExpressions;

namespace Pat.Docs.Tests;

/// <summary>A query of Prometheus, read for the time series and labels in it. It is read, not judged: whether it makes sense is not known.</summary>
internal sealed partial class PromQuery
{
    private static readonly HashSet<string> LabelLists = ["by", "without", "on", "ignoring", "group_left", "group_right"];
    private static readonly HashSet<string> Operators = ["and", "or", "unless", "offset", "bool"];

    private readonly List<PromSelector> _selectors = [];
    private readonly List<string> _grouping = [];
    private readonly string[] _tokens;
    private int _next;

    public PromQuery(string query)
    {
        Text = query;
        _tokens = [.. Token().Matches(query).Select(static match => match.Value)];
        while (_next < _tokens.Length)
        {
            Read(_tokens[_next++]);
        }
    }

    public string Text { get; }

    public IReadOnlyList<PromSelector> Selectors => _selectors;

    /// <summary>The labels that results are grouped or matched by.</summary>
    public IReadOnlyList<string> Grouping => _grouping;

    private string Current => _next < _tokens.Length ? _tokens[_next] : "";

    private void Read(string token)
    {
        if (LabelLists.Contains(token))
        {
            _grouping.AddRange(Until(")").Where(IsName));
        }
        else if (IsName(token) && !Operators.Contains(token) && Current != "(" && !LabelLists.Contains(Current))
        {
            _selectors.Add(new PromSelector(token, Current == "{" ? Matchers([.. Until("}")]) : []));
        }
    }

    private IEnumerable<string> Until(string end)
    {
        while (Current.Length > 0 && Current != end)
        {
            yield return _tokens[_next++];
        }
    }

    private static List<(string Label, string Value)> Matchers(string[] tokens) =>
        [.. Enumerable.Range(0, tokens.Length).Where(index => IsName(tokens[index])).Select(index => (tokens[index], tokens[index + 2].Trim('"')))];

    private static bool IsName(string token) => char.IsAsciiLetter(token[0]) || token[0] == '_';

    // A duration such as 5m is one token, and no name: it begins with a digit.
    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|\$\w+|[A-Za-z_:][\w:]*|[0-9][\w.]*|=~|!~|!=|==|>=|<=|\S
        """)]
    private static partial Regex Token();
}

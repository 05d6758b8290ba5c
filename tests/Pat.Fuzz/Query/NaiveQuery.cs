using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Pat.Fuzz;

/// <summary>A query that lists tokens, read a second time. Taking it apart is the framework's, what it means is not.</summary>
internal sealed partial class NaiveQuery
{
    private static readonly string[] Asked = ["search", "status", "sort", "page", "pageSize"];

    private readonly Dictionary<string, string?> _values;

    private NaiveQuery(IReadOnlyList<KeyValuePair<string, string?[]>> parameters)
    {
        // Names are the same in any case; a parameter without text is as if it were not there.
        _values = Asked.ToDictionary(name => name, name => All(parameters, name).FirstOrDefault() is { Length: > 0 } text ? text : null);
        Errors.UnionWith(Asked.Where(name => All(parameters, name).Length > 1 || (_values[name] is { } text && !IsRight(name, text))));
        Errors.UnionWith(parameters
            .Select(parameter => parameter.Key)
            .Where(name => !Asked.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Take(10));
    }

    /// <summary>The parameters that are wrong.</summary>
    public SortedSet<string> Errors { get; } = new(StringComparer.Ordinal);

    public string? Search => _values["search"];

    public string? Status => _values["status"];

    public string Sort => (_values["sort"] ?? "-createdAt").TrimStart('-');

    public bool Descending => _values["sort"] is not { } sort || sort[0] == '-';

    public int Page => Number("page", 1);

    public int PageSize => Number("pageSize", 10);

    /// <summary>Takes a query apart, as the framework does.</summary>
    public static IQueryCollection Parse(string query)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        return context.Request.Query;
    }

    public static NaiveQuery Of(string query) =>
        new([.. Parse(query).Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value.ToArray()))]);

    private int Number(string name, int otherwise) =>
        _values[name] is { } text && IsRight(name, text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string?[] All(IEnumerable<KeyValuePair<string, string?[]>> parameters, string name) =>
        [.. parameters.Where(parameter => parameter.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).SelectMany(parameter => parameter.Value)];

    private static bool IsRight(string name, string text) => name switch
    {
        "search" => text.Length <= 100,
        "status" => text is "active" or "expired" or "inactive" or "revoked",
        "sort" => Sorts().IsMatch(text),
        _ => Digits().IsMatch(text)
            && BigInteger.Parse(text, CultureInfo.InvariantCulture) is var number && number >= 1 && number <= (name == "page" ? 1_000_000 : 100),
    };

    [GeneratedRegex(@"^-?(name|createdAt|expiresAt|lastUsedAt)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Sorts();

    [GeneratedRegex(@"^[0-9]+\z")]
    private static partial Regex Digits();
}

using System.Net.Http.Headers;
using System.Text;

namespace Pat.Client;

/// <summary>What a Bearer challenge says of a token (RFC 6750, section 3).</summary>
internal sealed class BearerChallenge
{
    /// <summary>More than a sentence is no description.</summary>
    private const int MaxDescriptionLength = 200;

    private BearerChallenge(Dictionary<string, string> attributes)
    {
        Error = attributes.GetValueOrDefault("error");
        Scopes = [.. attributes.GetValueOrDefault("scope", "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(IsPlain)];
        Description = attributes.GetValueOrDefault("error_description") is { Length: <= MaxDescriptionLength } text && IsPlain(text)
            ? text
            : null;
    }

    public string? Error { get; }

    public IReadOnlyList<string> Scopes { get; }

    /// <summary>What the server says in words, or null; only where it keeps to the characters that RFC 6750 allows.</summary>
    public string? Description { get; }

    /// <summary>The answer's Bearer challenge, one with an error before one without, or null.</summary>
    public static BearerChallenge? Find(HttpResponseMessage response) =>
        response.Headers.WwwAuthenticate
            .Where(static challenge => string.Equals(challenge.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase))
            .Select(static challenge => new BearerChallenge(ReadAttributes(challenge)))
            .OrderBy(static challenge => challenge.Error is null)
            .FirstOrDefault();

    private static bool IsPlain(string text) => text.All(static character => character is >= ' ' and <= '~' and not '"' and not '\\');

    /// <summary>Reads <c>name=value, name="value"</c> (RFC 9110, section 11.2); stops where it is something else.</summary>
    private static Dictionary<string, string> ReadAttributes(AuthenticationHeaderValue challenge)
    {
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var rest = challenge.Parameter.AsSpan().TrimStart(" \t,");
        while (rest.IndexOf('=') is > 0 and var equals)
        {
            var name = rest[..equals].Trim().ToString();
            rest = rest[(equals + 1)..].TrimStart();
            attributes.TryAdd(name, rest is ['"', ..] ? ReadQuoted(ref rest) : ReadPlain(ref rest));
            rest = rest.TrimStart(" \t,");
        }

        return attributes;
    }

    private static string ReadPlain(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(',') is >= 0 and var comma ? comma : rest.Length;
        var value = rest[..end].Trim().ToString();
        rest = rest[end..];
        return value;
    }

    private static string ReadQuoted(ref ReadOnlySpan<char> rest)
    {
        var value = new StringBuilder();
        var at = 1;
        while (at < rest.Length && rest[at] != '"')
        {
            // A backslash quotes what comes after it.
            at += rest[at] == '\\' && at + 1 < rest.Length ? 1 : 0;
            value.Append(rest[at++]);
        }

        rest = rest[Math.Min(at + 1, rest.Length)..];
        return value.ToString();
    }
}

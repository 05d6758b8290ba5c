using System.Text.RegularExpressions;

namespace Pat.Fuzz;

/// <summary>
/// The Authorization header read a second time: a scheme in any case, one or more spaces, credentials (RFC 9110, section
/// 11.4), white space around it being spaces and tabs (section 5.6.3); where there are several values, by taking each apart.
/// </summary>
internal static partial class NaiveAuthorization
{
    /// <param name="lines">The header's lines.</param>
    /// <param name="starts">What tokens begin with, and whose they are, the longest first.</param>
    /// <returns>The scheme and the value; no value where it is one of several; nothing where none is ours.</returns>
    public static (string? Scheme, string? Value) Read(string[] lines, (string Start, string Scheme)[] starts)
    {
        if (lines is [var line] && !line.Contains(',', StringComparison.Ordinal))
        {
            var value = Credentials().Match(line) is { Success: true } match ? match.Groups["value"].Value : "";
            var scheme = starts.FirstOrDefault(start => value.StartsWith(start.Start, StringComparison.Ordinal)).Scheme;
            return scheme is null ? default : (scheme, value);
        }

        return (
            (from each in lines
             from start in starts
             where each.Split(',').Any(part => BeforeCredentials().Replace(part, "", 1).StartsWith(start.Start, StringComparison.Ordinal))
             select start.Scheme).FirstOrDefault(),
            null);
    }

    [GeneratedRegex(@"^[ \t]*bearer +(?<value>.*?)[ \t]*\z", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Credentials();

    /// <summary>Any white space, to be on the safe side: what follows is refused.</summary>
    [GeneratedRegex(@"^\s*(bearer\s+)?", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BeforeCredentials();
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Pat.AspNetCore;

/// <summary>Tells by its prefix which scheme a presented value belongs to.</summary>
internal sealed class TokenSchemes
{
    private const string Bearer = "Bearer";

    /// <summary>What may stand around a header's value (RFC 9110, section 5.6.3). Other white space is part of it.</summary>
    private const string WhiteSpace = " \t";

    /// <summary>Where people put tokens who know them from elsewhere.</summary>
    private static readonly string[] PossibleHeaders = [HeaderNames.Authorization, "X-Api-Key", "Private-Token"];

    private readonly TokenSchemeNames _names;
    private readonly IOptionsMonitor<PersonalAccessTokenAuthenticationOptions> _schemeOptions;
    private readonly Lazy<(string Start, string Scheme)[]> _prefixes;
    private readonly Lazy<string[]> _forwarding;

    public TokenSchemes(
        TokenSchemeNames names,
        IOptionsMonitor<PersonalAccessTokenAuthenticationOptions> schemeOptions,
        IOptions<PersonalAccessTokenOptions> options)
    {
        _names = names;
        _schemeOptions = schemeOptions;
        _prefixes = new Lazy<(string, string)[]>(() => Assign(options.Value));
        _forwarding = new Lazy<string[]>(() => [.. names.All.Where(scheme => schemeOptions.Get(scheme).ForwardTokens)]);
    }

    /// <summary>Reads the Authorization header.</summary>
    public CarriedToken Read(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 1 && header[0] is { } line && !line.Contains(','))
        {
            var value = ReadCredentials(line);
            return FindScheme(value) is { } scheme && line.AsSpan().Overlaps(value, out var start)
                ? new CarriedToken(scheme, line, start, value.Length)
                : default;
        }

        return ReadSeveral(header);
    }

    /// <summary>The scheme that takes tokens beginning as <paramref name="value"/> does, or null.</summary>
    public string? FindScheme(ReadOnlySpan<char> value)
    {
        foreach (var (start, scheme) in _prefixes.Value)
        {
            if (value.StartsWith(start, StringComparison.Ordinal))
            {
                return scheme;
            }
        }

        return null;
    }

    /// <summary>What the tokens of <paramref name="scheme"/> begin with, the underscore included.</summary>
    public IEnumerable<string> FindStarts(string scheme) =>
        _prefixes.Value.Where(assigned => assigned.Scheme == scheme).Select(assigned => assigned.Start);

    /// <summary>
    /// The header in which a request without a token has what looks like one, or null: under another scheme than Bearer, in
    /// quotation marks, or where other services take theirs.
    /// </summary>
    public string? FindMisplaced(HttpContext context)
    {
        foreach (var name in PossibleHeaders)
        {
            foreach (var line in context.Request.Headers[name])
            {
                foreach (var (start, _) in _prefixes.Value)
                {
                    if (line!.Contains(start, StringComparison.Ordinal))
                    {
                        return name;
                    }
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The scheme that a default scheme hands this request over to, or null where it keeps it. Where an event supplied
    /// the token, that is known from the first judgement on.
    /// </summary>
    public string? FindForwarding(HttpContext context) =>
        (Read(context).Scheme ?? TokenFeature.Of(context)?.Scheme) is { } scheme && _forwarding.Value.Contains(scheme)
            ? scheme
            : null;

    /// <summary>What keeps the schemes from being told apart, each with its cure; found when the application starts.</summary>
    public IEnumerable<string> FindFaults()
    {
        var prefixes = _names.All.ToDictionary(scheme => scheme, scheme => _schemeOptions.Get(scheme).TokenPrefixes);
        foreach (var shared in prefixes
            .SelectMany(scheme => scheme.Value.Distinct().Select(prefix => (Prefix: prefix, Scheme: scheme.Key)))
            .GroupBy(assigned => assigned.Prefix, assigned => assigned.Scheme)
            .Where(group => group.Count() > 1))
        {
            yield return $"The schemes {string.Join(" and ", shared)} both take tokens that begin with '{shared.Key}'. Name the prefix in TokenPrefixes of one of them only.";
        }

        var unnamed = prefixes.Where(scheme => scheme.Value.Count == 0).Select(scheme => scheme.Key).ToList();
        if (unnamed.Count > 1)
        {
            yield return $"The schemes {string.Join(" and ", unnamed)} name no TokenPrefixes, so that only the first would ever get a token. Name the prefixes of the others.";
        }
    }

    /// <summary>
    /// Several lines, or several values in one: fine unless one of them is ours. Anybody can send very many, so they are not
    /// taken apart: it is looked for where a token begins.
    /// </summary>
    private CarriedToken ReadSeveral(StringValues header)
    {
        foreach (var line in header)
        {
            foreach (var (start, scheme) in _prefixes.Value)
            {
                if (HasCredentials(line, start))
                {
                    return new CarriedToken(scheme);
                }
            }
        }

        return default;
    }

    private static bool HasCredentials(ReadOnlySpan<char> line, string start)
    {
        var from = 0;
        while (line[from..].IndexOf(start, StringComparison.Ordinal) is var index and >= 0)
        {
            if (EndsBeforeCredentials(line[..(from + index)]))
            {
                return true;
            }

            from += index + start.Length;
        }

        return false;
    }

    /// <summary>Whether credentials begin after this: it is nothing, ends with a comma, or with the scheme Bearer at such a place.</summary>
    private static bool EndsBeforeCredentials(ReadOnlySpan<char> line)
    {
        var before = line.TrimEnd();
        if (before.Length < line.Length && before.EndsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            before = before[..^Bearer.Length].TrimEnd();
        }

        return before.IsEmpty || before[^1] == ',';
    }

    /// <summary>What stands after the scheme Bearer, whatever its case and the number of spaces (RFC 9110, section 11.4); else nothing.</summary>
    private static ReadOnlySpan<char> ReadCredentials(ReadOnlySpan<char> line)
    {
        line = line.Trim(WhiteSpace);
        return line.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && line.Length > Bearer.Length && line[Bearer.Length] == ' '
            ? line[Bearer.Length..].Trim(' ')
            : default;
    }

    /// <summary>The longest first, so that acme_ci_... is not taken for acme_...</summary>
    private (string Start, string Scheme)[] Assign(PersonalAccessTokenOptions options)
    {
        var named = _names.All
            .SelectMany(scheme => _schemeOptions.Get(scheme).TokenPrefixes.Select(prefix => (Prefix: prefix, Scheme: scheme)))
            .ToList();
        var unnamed = options.AcceptedPrefixes.Prepend(options.TokenPrefix)
            .Distinct()
            .Except(named.Select(assigned => assigned.Prefix))
            .SelectMany(prefix => _names.All
                .Where(scheme => _schemeOptions.Get(scheme).TokenPrefixes.Count == 0)
                .Take(1)
                .Select(scheme => (Prefix: prefix, Scheme: scheme)));
        return [.. named.Concat(unnamed)
            .OrderByDescending(assigned => assigned.Prefix.Length)
            .Select(assigned => (assigned.Prefix + "_", assigned.Scheme))];
    }
}

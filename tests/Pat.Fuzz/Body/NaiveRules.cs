using System.Globalization;
using System.Text;

namespace Pat.Fuzz;

/// <summary>What a new token may be, by the manual: the rules that come after the form of a body.</summary>
internal static class NaiveRules
{
    /// <summary>The members that are wrong, and the expiry that the token gets.</summary>
    public static (SortedSet<string> Errors, DateTimeOffset? Expiry) Judge(NaiveCreation creation, DateTimeOffset now)
    {
        var errors = new SortedSet<string>(creation.Errors, StringComparer.Ordinal);
        if (creation.Refusal != 0)
        {
            return (errors, null);
        }

        if (!IsName(creation.Name))
        {
            errors.Add("name");
        }

        if (creation.Scopes is not { Count: > 0 } scopes || scopes.Any(scope => scope is not ("read" or "write")))
        {
            errors.Add("scopes");
        }

        if (creation is { ExpiresAt: not null, ExpiresInDays: not null })
        {
            errors.Add("expiresInDays");
        }

        var expiry = creation.ExpiresInDays is { } days ? now.AddDays(days)
            : creation.ExpiresAt is { } ticks ? new DateTimeOffset(ticks - (ticks % 10), TimeSpan.Zero)
            : (DateTimeOffset?)null;
        if (expiry is null || expiry <= now || expiry > now.AddDays(365))
        {
            errors.Add(creation.HasDays ? "expiresInDays" : "expiresAt");
        }

        return (errors, expiry);
    }

    /// <summary>1 to 100 characters besides white space around them, something visible among them, and nothing that disturbs.</summary>
    private static bool IsName(string? name)
    {
        var trimmed = name?.Trim() ?? "";
        var categories = trimmed.EnumerateRunes().Select(Rune.GetUnicodeCategory).ToList();
        return trimmed.Length <= 100
            && categories.Any(category => category is not (UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.SpaceSeparator))
            && !categories.Contains(UnicodeCategory.Control)
            && !categories.Contains(UnicodeCategory.LineSeparator)
            && !categories.Contains(UnicodeCategory.ParagraphSeparator)
            && trimmed.IndexOfAny(['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069']) < 0;
    }
}

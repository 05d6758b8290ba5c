using System.Collections;
using System.Globalization;
using System.Security.Claims;
using System.Text.RegularExpressions;

namespace Pat.Docs.Tests;

/// <summary>Compares a default as docs/options.md writes it with a value: what stands before a colon, the rest explains it.</summary>
internal static partial class DocumentedDefault
{
    public static bool Is(string cell, object? value)
    {
        var text = Value().Match(cell).Value.Trim();
        return value is TimeSpan time ? ReadTime(text) == time : text == TextOf(value);
    }

    public static string TextOf(object? value) => value switch
    {
        null => "null",
        bool isTrue => isTrue ? "true" : "false",
        int number => number.ToString("N0", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        TimeZoneInfo zone => zone.Id,
        string text => $"`{ClaimType(text) ?? text}`",
        Enum member => $"`{member}`",
        IEnumerable<PersonalAccessTokenScope> scopes => string.Join(", ", scopes.Select(static scope => $"`{scope.Name}`")),
        ICollection { Count: 0 } => "none",
        PersonalAccessTokenHashingOptions => "its own, below",
        _ => $"`{value.GetType().Name}`",
    };

    private static string? ClaimType(string value) => typeof(ClaimTypes).GetFields()
        .Where(field => field.GetRawConstantValue() as string == value).Select(static field => $"ClaimTypes.{field.Name}").SingleOrDefault();

    private static TimeSpan? ReadTime(string text) => text.Split(' ') is [var number, var unit] ? DocumentedTime.Read(number, unit) : null;

    [GeneratedRegex(@"^(`[^`]*`|[^:])*")]
    private static partial Regex Value();
}

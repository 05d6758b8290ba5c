using System.Globalization;
using System.Text.RegularExpressions;

namespace Pat.Docs.Tests;

/// <summary>
/// A range as the manual writes it, for an option that has a size: <c>1 to 10,000</c>, <c>0, or 100 ms to 1 hour</c>,
/// <c>1 minute to 24 hours, or null</c>, <c>2 to 24 characters</c>, <c>`MemoryKib` to 4,194,304</c>. What follows says more of it.
/// </summary>
/// <param name="Least">The lower end: of a number itself, of a time its ticks, of a text its characters.</param>
/// <param name="Most">The upper end.</param>
/// <param name="IsZeroToo">Whether 0 is accepted below the lower end.</param>
/// <param name="IsNullToo">Whether null is accepted.</param>
internal sealed partial record DocumentedRange(long Least, long Most, bool IsZeroToo, bool IsNullToo)
{
    private bool HasGap => IsZeroToo && Least > 1;

    /// <summary>The range in a cell, or null where it has none.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="type">The option's type.</param>
    /// <param name="valueOf">The value of another option, which an end may name.</param>
    public static DocumentedRange? Read(string cell, Type type, Func<string, object?> valueOf)
    {
        if (Range().Match(cell) is not { Success: true } match)
        {
            return null;
        }

        var mostUnit = match.Groups["mostUnit"].Value;
        var leastUnit = match.Groups["leastUnit"] is { Success: true } own ? own.Value : mostUnit;
        return ReadEnd(match.Groups["least"].Value, leastUnit) is { } least && ReadEnd(match.Groups["most"].Value, mostUnit) is { } most
            ? new DocumentedRange(least, most, match.Groups["zero"].Success, match.Groups["null"].Success)
            : null;

        long? ReadEnd(string number, string unit) => Size(type) switch
        {
            _ when number.StartsWith('`') => Convert.ToInt64(valueOf(number.Trim('`')), CultureInfo.InvariantCulture),
            Type size when size == typeof(TimeSpan) => DocumentedTime.Read(number, unit)?.Ticks,
            Type size when size == typeof(int) && unit.Length == 0 => ReadNumber(number),
            Type size when size == typeof(string) && unit == "characters" => ReadNumber(number),
            _ => null,
        };
    }

    /// <summary>Whether an option of this type has a range whatever it is for.</summary>
    public static bool IsDueTo(Type type) => Size(type) == typeof(int) || Size(type) == typeof(TimeSpan);

    public IEnumerable<object?> Accepted(Type type)
    {
        long[] sizes = [Least, Most, .. IsZeroToo ? [0L] : Array.Empty<long>()];
        return [.. sizes.Select(size => ValueOf(size, type)), .. IsNullToo ? new object?[] { null } : []];
    }

    /// <summary>The values that are just outside of it.</summary>
    public IEnumerable<object?> Refused(Type type)
    {
        long[] sizes = [Least - 1, Most + 1, .. HasGap ? [-1L, 1L] : Array.Empty<long>()];
        return sizes.Where(size => size >= 0 || Size(type) != typeof(string)).Select(size => ValueOf(size, type));
    }

    private static long? ReadNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static object ValueOf(long size, Type type) => Size(type) switch
    {
        Type time when time == typeof(TimeSpan) => TimeSpan.FromTicks(size),
        Type text when text == typeof(string) => new string('a', (int)size),
        _ => (int)size,
    };

    private static Type Size(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    [GeneratedRegex("^((?<zero>0), or )?(?<least>[0-9,]+|`[A-Za-z]+`)( (?<leastUnit>[a-z]+))? to (?<most>[0-9,]*[0-9])( (?<mostUnit>[a-z]+))?(?![a-z])(?<null>.*\\bor null\\b)?")]
    private static partial Regex Range();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Pat.Fuzz;

/// <summary>Times read a second time: RFC 3339's, where the seconds can be left out.</summary>
internal static partial class NaiveTime
{
    private static readonly int[] DaysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

    /// <summary>Ticks of UTC since the year 1, or null where it is none.</summary>
    public static long? Read(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var (year, month, day) = (Number("year"), Number("month"), Number("day"));
        var (hour, minute, second) = (Number("hour"), Number("minute"), Number("second"));
        var offset = (Number("offsetHour") * 60) + Number("offsetMinute");
        var isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DaysBefore[month] - DaysBefore[month - 1] + (isLeap && month == 2 ? 1 : 0)
            || hour > 23 || minute > 59 || second > 59 || Number("offsetMinute") > 59 || offset > 14 * 60)
        {
            return null;
        }

        var last = year - 1;
        var days = (last * 365L) + (last / 4) - (last / 100) + (last / 400) + DaysBefore[month - 1] + (isLeap && month > 2 ? 1 : 0) + day - 1;
        var minutes = (((days * 24) + hour) * 60) + minute - (match.Groups["sign"].Value == "-" ? -offset : offset);
        var fraction = int.Parse(match.Groups["fraction"].Value.PadRight(7, '0'), CultureInfo.InvariantCulture);
        var ticks = (((minutes * 60) + second) * 10_000_000) + fraction;
        return ticks >= 0 && ticks <= 3_155_378_975_999_999_999 ? ticks : null;

        int Number(string name) => match.Groups[name] is { Length: > 0 } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})T(?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})(\.(?<fraction>[0-9]{1,7}))?)?(Z|(?<sign>[+-])(?<offsetHour>[0-9]{2}):(?<offsetMinute>[0-9]{2}))\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}

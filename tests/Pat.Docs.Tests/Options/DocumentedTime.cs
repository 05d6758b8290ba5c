using System.Globalization;

namespace Pat.Docs.Tests;

/// <summary>Reads a length of time as the manual writes it: <c>36,500 days</c>, <c>100 ms</c>.</summary>
internal static class DocumentedTime
{
    public static TimeSpan? Read(string number, string unit) =>
        int.TryParse(number, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var count)
            ? unit switch
            {
                "ms" => TimeSpan.FromMilliseconds(count),
                "s" or "second" or "seconds" => TimeSpan.FromSeconds(count),
                "minute" or "minutes" => TimeSpan.FromMinutes(count),
                "hour" or "hours" => TimeSpan.FromHours(count),
                "day" or "days" => TimeSpan.FromDays(count),
                _ => null,
            }
            : null;
}

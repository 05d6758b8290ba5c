using System.Globalization;

namespace Pat.AspNetCore.UI;

/// <summary>Says times to people, in one time zone that is named with them.</summary>
internal sealed class Times(TimeZoneInfo zone, Texts texts, DateTimeOffset now)
{
    /// <summary>The moment at which the page is made.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The day that it is now.</summary>
    public DateOnly Today => DateOnly.FromDateTime(In(Now).DateTime);

    /// <summary>The zone's name: <c>UTC</c>, <c>Europe/Berlin</c>.</summary>
    public string Zone => zone.Id;

    /// <summary>A day and a time: 23 Dec 2026, 21:20.</summary>
    public string Text(DateTimeOffset time) => In(time).ToString(texts["d MMM yyyy, HH:mm"], CultureInfo.CurrentCulture);

    /// <summary>A day alone: 23 Dec 2026.</summary>
    public string Day(DateTimeOffset time) => In(time).ToString(texts["d MMM yyyy"], CultureInfo.CurrentCulture);

    /// <summary>The same for programs, as HTML's time element and date field want it.</summary>
    public static string Machine(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Machine(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>When a day begins: where the clocks skip that hour, the first moment after it; where it comes twice, the first time.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var start = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(start))
        {
            start = start.AddMinutes(15);
        }

        return new DateTimeOffset(start, zone.IsAmbiguousTime(start) ? zone.GetAmbiguousTimeOffsets(start).Max() : zone.GetUtcOffset(start));
    }

    public DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(In(time).DateTime);

    /// <summary>How long something is, in the largest whole unit: 5 minutes, 24 hours, 30 days.</summary>
    public string Length(TimeSpan length)
    {
        var (count, text) = length switch
        {
            _ when length >= TimeSpan.FromDays(2) && length.Ticks % TimeSpan.TicksPerDay == 0 => (length.TotalDays, texts["{0} days"]),
            _ when length >= TimeSpan.FromHours(2) && length.Ticks % TimeSpan.TicksPerHour == 0 => (length.TotalHours, texts["{0} hours"]),
            _ when length == TimeSpan.FromHours(1) => (1, texts["1 hour"]),
            _ when length >= TimeSpan.FromMinutes(2) => (Math.Ceiling(length.TotalMinutes), texts["{0} minutes"]),
            _ when length <= TimeSpan.FromSeconds(1) => (1, texts["1 second"]),
            _ => (Math.Ceiling(length.TotalSeconds), texts["{0} seconds"]),
        };
        return string.Format(CultureInfo.CurrentCulture, text, count);
    }

    private DateTimeOffset In(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone);
}

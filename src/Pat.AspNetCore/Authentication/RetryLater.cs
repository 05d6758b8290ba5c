using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>When to come back after an answer 503, in 1 to 5 seconds, or 429, when the time is over.</summary>
internal static class RetryLater
{
    private const int MinSeconds = 1;
    private const int MaxSeconds = 5;

    /// <summary>Says so, spread out, so that those who were turned away together do not come back together.</summary>
    public static void Mark(HttpResponse response) =>
        Mark(response, Random.Shared.Next(MinSeconds, MaxSeconds + 1));

    /// <summary>Says when the time is over.</summary>
    public static void Mark(HttpResponse response, TimeSpan wait) => Mark(response, (int)Math.Ceiling(wait.TotalSeconds));

    private static void Mark(HttpResponse response, int seconds) =>
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
}

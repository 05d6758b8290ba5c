using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>When to come back after an answer 503: in 1 to 5 seconds.</summary>
internal static class RetryLater
{
    private const int MinSeconds = 1;
    private const int MaxSeconds = 5;

    /// <summary>Says so, spread out, so that those who were turned away together do not come back together.</summary>
    public static void Mark(HttpResponse response) =>
        response.Headers.RetryAfter = Random.Shared.Next(MinSeconds, MaxSeconds + 1).ToString(CultureInfo.InvariantCulture);
}

using System.Diagnostics;
using System.Net;
using Xunit;

namespace Pat.AspNetCore.TestSupport;

/// <summary>Whether two requests take the same order of time.</summary>
internal static class ComparedTimes
{
    private const int Turns = 101;

    /// <summary>
    /// By turns, so that what else the machine does falls on both; the medians, so that no pause counts. A slow hash or a wait
    /// is many times the time of a request. One more statement is too little to show, so statements are counted too.
    /// </summary>
    public static async Task AssertSameAsync(Func<Task<HttpStatusCode>> one, Func<Task<HttpStatusCode>> other, HttpStatusCode expected)
    {
        var (ones, others) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < Turns; turn++)
        {
            foreach (var (send, times) in new[] { (one, ones), (other, others) })
            {
                var started = Stopwatch.GetTimestamp();
                var status = await send();
                times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
                Assert.Equal(expected, status);
            }
        }

        Assert.InRange(MedianOf(ones) / MedianOf(others), 0.5, 2);
    }

    private static double MedianOf(List<double> times) => times.Order().ElementAt(Turns / 2);
}

namespace Pat.Core.Tests;

/// <summary>Waits for what happens on other threads and tells nobody.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<bool> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Deadline, "It did not happen in time.");
            await Task.Yield();
        }
    }
}

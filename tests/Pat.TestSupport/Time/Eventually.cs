using Xunit;

namespace Pat.TestSupport;

/// <summary>Waits for what happens on other threads and tells nobody.</summary>
public static class Eventually
{
    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TestDeadline.Limit, "It did not happen in time.");

            // What is waited for needs the processor.
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        }
    }
}

namespace Pat.AspNetCore.UI.Tests;

/// <summary>Waits for a state that something else brings about.</summary>
internal static class Poll
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> isReached)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var state = await read();
            if (isReached(state) || TimeProvider.System.GetElapsedTime(start) > Deadline)
            {
                return state;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }
}

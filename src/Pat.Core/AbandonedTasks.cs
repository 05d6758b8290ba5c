namespace Pat;

/// <summary>Work that is waited for only so long.</summary>
internal static class AbandonedTasks
{
    /// <summary>Keeps a fault that comes after nobody waits any more from counting as one that nobody looked at.</summary>
    public static void IgnoreLaterFault(this Task task) => _ = task.ContinueWith(
        static failed => failed.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    /// <summary>Waits until <paramref name="limit"/> ends the time, also where whoever does the work does not look at that.</summary>
    /// <exception cref="TimeoutException">The time was over first.</exception>
    public static async Task<T> InTimeAsync<T>(this Task<T> work, CancellationToken limit)
    {
        try
        {
            work.IgnoreLaterFault();
            return await work.WaitAsync(limit).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException("It took longer than the time it had.", exception);
        }
    }

    /// <inheritdoc cref="InTimeAsync{T}"/>
    public static async Task InTimeAsync(this Task work, CancellationToken limit) =>
        await WithoutResultAsync(work).InTimeAsync(limit).ConfigureAwait(false);

    private static async Task<bool> WithoutResultAsync(Task work)
    {
        await work.ConfigureAwait(false);
        return true;
    }
}

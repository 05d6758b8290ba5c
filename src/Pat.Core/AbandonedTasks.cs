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
}

namespace Pat;

/// <summary>
/// Reads many at once. One that can't be read must not take the others along, or it could keep everybody out whose token is
/// looked up together with it: what fails is asked again in halves, down to what fails alone.
/// </summary>
internal static class HalvedRead
{
    /// <summary>
    /// So many failures in a row, with no answer in between, are an outage whatever they look like: it takes ten to come down to
    /// one among a thousand.
    /// </summary>
    private const int MaxFailures = 32;

    /// <param name="keys">What to read.</param>
    /// <param name="readAsync">Reads some of it, and keeps what it finds.</param>
    /// <param name="isOutage">Whether what it threw concerns everything, so that nothing more is asked.</param>
    /// <returns>What could not be read, and why.</returns>
    public static async Task<Dictionary<TKey, Exception>> RunAsync<TKey>(
        TKey[] keys, Func<TKey[], Task> readAsync, Func<Exception, bool> isOutage)
        where TKey : notnull
    {
        var unread = new Dictionary<TKey, Exception>();
        var parts = new Stack<TKey[]>([keys]);
        Exception? outage = null;
        var failures = 0;
        while (parts.TryPop(out var part))
        {
            var fault = outage ?? await TryReadAsync(part, readAsync).ConfigureAwait(false);
            if (fault is null)
            {
                failures = 0;
                continue;
            }

            failures++;
            if (isOutage(fault) || failures >= MaxFailures)
            {
                outage = fault;
            }

            if (outage is null && part.Length > 1)
            {
                parts.Push(part[(part.Length / 2)..]);
                parts.Push(part[..(part.Length / 2)]);
            }
            else
            {
                foreach (var key in part)
                {
                    unread.Add(key, fault);
                }
            }
        }

        return unread;
    }

    private static async Task<Exception?> TryReadAsync<TKey>(TKey[] part, Func<TKey[], Task> readAsync)
    {
        try
        {
            await readAsync(part).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}

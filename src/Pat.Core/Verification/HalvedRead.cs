namespace Pat;

/// <summary>
/// Reads many at once. One that can't be read must not take the others along, or it could keep everybody out whose token is
/// looked up together with it: what fails is asked again in halves, down to what fails alone. The greatest parts come first, so that
/// most are read before the time is over, however slowly one fails.
/// </summary>
internal static class HalvedRead
{
    /// <summary>So many failures before the first answer are an outage whatever they look like.</summary>
    private const int MaxFailures = 64;

    /// <summary>The most that is asked in all: some twenty times to find one among a thousand, and as often again for each one more.</summary>
    private const int MaxReads = 256;

    /// <param name="keys">What to read.</param>
    /// <param name="readAsync">Reads some of it, and keeps what it finds.</param>
    /// <param name="isOutage">Whether what it threw concerns everything, so that nothing more is asked.</param>
    /// <returns>What could not be read, and why.</returns>
    public static async Task<Dictionary<TKey, Exception>> RunAsync<TKey>(
        TKey[] keys, Func<TKey[], Task> readAsync, Func<Exception, bool> isOutage)
        where TKey : notnull
    {
        var unread = new Dictionary<TKey, Exception>();
        var parts = new Queue<TKey[]>([keys]);
        Exception? outage = null;
        var (reads, isAnswered) = (0, false);
        while (parts.TryDequeue(out var part))
        {
            reads++;
            var fault = outage ?? await TryReadAsync(part, readAsync).ConfigureAwait(false);
            if (fault is null)
            {
                isAnswered = true;
                continue;
            }

            if (isOutage(fault) || reads >= (isAnswered ? MaxReads : MaxFailures))
            {
                outage = fault;
            }

            if (outage is null && part.Length > 1)
            {
                parts.Enqueue(part[..(part.Length / 2)]);
                parts.Enqueue(part[(part.Length / 2)..]);
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
